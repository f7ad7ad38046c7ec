import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import type { Letter } from '../../../workflows/letter/letter.ts';
import { feedback } from '../../../workflows/library/parts/feedback.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { decimal, rank, task, template, weighted } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';
import { makeSettler } from '../../support/settle.ts';

const { jobSink, settle } = makeSettler();
const world = await makeEngineWorld({ units: 3, jobSink });
const { engine, pool, act } = world;

const office = [{ kind: 'role', role: 'performanceOffice' } as const];
const content = template(
  {
    evaluate: [
      task('mark', { who: office, fields: [decimal('work'), decimal('conduct')] }),
      weighted('composite', 'total', [
        { value: 'work', weight: '0.6' },
        { value: 'conduct', weight: '0.4' },
      ]),
      rank('ranking', 'total'),
    ],
    feedback: feedback({
      head: [{ kind: 'head' }],
      tell: [{ kind: 'role', role: 'staff', of: 'participant' }],
      office,
      interviewIf: 'standing.rank > standing.rankOf - 1',
      shows: ['total', 'standing'],
    }),
  },
  { key: 'feedback' },
);

test('the part lints green', () => {
  const findings = lintTemplate(JSON.parse(JSON.stringify(content)));
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('each unit gets its letter and acknowledges it; the last one is talked to, and both sides sign', async () => {
  const { cases } = await world.launch(content);
  const marks = [
    { work: '90', conduct: '80' },
    { work: '70', conduct: '95' },
    { work: '60', conduct: '70' },
  ];
  for (const [i, id] of cases.entries()) await act(id, 'mark', 'submit', { values: marks[i] ?? {} });
  await settle(engine);
  const letters = await rowsOf<{ id: string; case_id: string; content: Letter }>(
    pool,
    'SELECT id, case_id, content FROM letters',
  );
  const own = letters.find(({ case_id }) => case_id === cases[1]);
  expect(letters).toHaveLength(3);
  expect((await engine.read(cases[1] ?? '')).context.data.feedbackLetter).toEqual({ id: own?.id });
  expect(own?.content).toMatchObject({
    year: 2026,
    unit: { name: 'unit2' },
    result: { score: '80', rank: 2, rankOf: 3, grade: null },
    compared: { mean: '76.67', best: '86', units: 3 },
    strengths: [{ path: '/conduct', value: '38', most: '40', mean: '32.67' }],
    problems: [
      { path: '/work', lost: '18', mean: '44', best: '54' },
      { path: '/conduct', lost: '2' },
    ],
  });
  await expect(pool.query(`UPDATE letters SET content = '{}'`)).rejects.toThrow('append-only');

  for (const [i, id] of cases.entries())
    await act(id, 'acknowledge', 'submit', { actor: world.units[i]?.head ?? '', values: {} });
  expect((await Promise.all(cases.map((id) => engine.read(id)))).map(({ status }) => status)).toEqual([
    'done',
    'done',
    'active',
  ]);
  const last = cases[2] ?? '';
  await act(last, 'interviewPlan', 'submit', {
    values: { interviewDate: '2026-03-05', interviewPlace: 'room 3', interviewBy: world.office2 },
  });
  await act(last, 'interview', 'submit', { values: { interviewDate: '2026-03-06', interviewRecord: 'work lags' } });
  await act(last, 'interviewOfficeSigned', 'approve', { actor: world.office2 });
  await act(last, 'interviewSigned', 'return', { reason: 'we also spoke about staff' });
  await act(last, 'interview', 'submit', {
    values: { interviewDate: '2026-03-06', interviewRecord: 'work lags, staff is short' },
  });
  // Whoever held the talk signs, nobody else of the office; each time that the record changes.
  await expect(act(last, 'interviewOfficeSigned', 'approve', { actor: world.office })).rejects.toMatchObject({
    id: 'task.notYours',
  });
  await act(last, 'interviewOfficeSigned', 'approve', { actor: world.office2 });
  const { context } = await engine.read(last);
  expect(context.live.interviewSigned?.seats?.[0]?.people).toEqual([world.units[2]?.head]);
  await act(last, 'interviewSigned', 'approve');
  const signed = await engine.read(last);
  expect(signed.context.done.interviewOfficeSigned?.by).toBe(world.office2);
  expect([signed.status, signed.context.data.interviewRecord, signed.context.done.interviewSigned?.by]).toEqual([
    'done',
    'work lags, staff is short',
    world.units[2]?.head,
  ]);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});
