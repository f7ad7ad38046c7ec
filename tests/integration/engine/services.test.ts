import { describe, expect, test } from 'vitest';
import type { Service } from '../../../server/engine/service.ts';
import { rank as rankUnits } from '../../../server/results/rank.ts';
import { verify } from '../../../server/verify/verify.ts';
import type { Block } from '../../../workflows/template/block.ts';
import { approval, branch, decimal, named, rank, repeat, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

/** Carried out beside the case: what it was asked, in order; and a grade for whoever has a score. */
const asked: { key: string; item: string | undefined; orgId: string | null; at: string }[] = [];
const note: Service = async ({ block, item, orgId, at }) => {
  asked.push({ key: block.key, item: item?.key, orgId, at });
  return item ? { worst: 'green' } : 'noted';
};
const grade: Service = async ({ pool, cycleId, block }) => {
  await pool.query(
    `INSERT INTO results (cycle_id, block, case_id, org_id, category, grade, handed)
     SELECT cycle_id, $2, case_id, org_id, category, 'good', '{"grade": "good"}' FROM results WHERE cycle_id = $1 AND block = 'ranking'
     ON CONFLICT (cycle_id, block, case_id) DO UPDATE SET grade = excluded.grade`,
    [cycleId, block.key],
  );
  return { graded: true };
};
const world = await makeEngineWorld({
  units: 3,
  jobSink: (job) => {
    if (job.task === 'serve') jobs.push(job.payload);
    if (job.task === 'gates.check') meetings.add(job.payload.cycleId);
  },
  services: { rank: rankUnits, record: note, assign: note, ballots: note, grade },
});
const jobs: { caseId: string; block: string; round: number }[] = [];
const meetings = new Set<string>();
const { engine, pool, act } = world;

/** Does what the steps asked for until nothing is left. */
const settle = async () => {
  while (jobs.length + meetings.size > 0) {
    for (const job of jobs.splice(0)) await engine.serve(job);
    for (const id of [...meetings]) {
      meetings.delete(id);
      await engine.checkGates(id);
    }
  }
};

const compute = (key: string, rule: object, more: object = {}): Block =>
  ({ key, type: 'compute', name: named(key), into: `${key}Data`, rule, ...more }) as Block;

test('a block of a participant is carried out once for each item, and the case learns what came of it', async () => {
  const content = template(
    {
      execute: [
        repeat(
          'quarters',
          'quarters',
          'oneByOne',
          [task('report', { fields: [decimal('value')] }), compute('record', { kind: 'record', values: 'value' })],
          { collect: { fields: ['recordData'], into: 'year' } },
        ),
      ],
    },
    { key: 'served' },
  );
  const id = (await world.launch(content, world.units.slice(0, 1))).cases[0] as string;
  for (let quarter = 1; quarter <= 4; quarter += 1) {
    await act(id, 'report', 'submit', { values: { value: `${quarter}` } });
    const again = [...jobs];
    await settle();
    // A job that runs twice changes nothing.
    for (const job of again) await engine.serve(job);
  }
  expect(asked.map(({ key, item, orgId }) => ({ key, item, orgId }))).toEqual(
    ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((item) => ({ key: 'record', item, orgId: world.units[0]?.id })),
  );
  const { context, status } = await engine.read(id);
  expect(status).toBe('done');
  expect(context.data.year).toMatchObject([
    { recordData: { worst: 'green' } },
    { recordData: { worst: 'green' } },
    { recordData: { worst: 'green' } },
    { recordData: { worst: 'green' } },
  ]);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('a service that fails leaves the case where it is; a service that is not there says so', async () => {
  const content = template({ plan: [compute('letter', { kind: 'letter' }), task('after')] }, { key: 'unserved' });
  const id = (await world.launch(content, world.units.slice(0, 1))).cases[0] as string;
  await expect(engine.serve(jobs.splice(0)[0] as (typeof jobs)[number])).rejects.toThrow(
    'no service for "letter" of block "letter"',
  );
  expect(Object.keys((await engine.read(id)).context.live)).toEqual(['letter']);
});

test('a meeting hands each participant its own results; whoever is excepted is scored and not ranked', async () => {
  const content = template(
    {
      evaluate: [
        task('score', { fields: [decimal('total')] }),
        rank('ranking', 'total', { rule: { kind: 'rank', by: 'total', direction: 'up', except: ['unit3'] } }),
        compute('grading', { kind: 'grade', by: 'standing' }, { per: 'cycle' }),
        task('after', { fields: [] }),
      ],
    },
    {
      key: 'handed',
      categories: { department: { name: named('d'), ranked: true }, all: { name: named('a'), ranked: true } },
    },
  );
  const { cases, cycleId } = await world.launch(content);
  for (const [i, id] of cases.entries()) await act(id, 'score', 'submit', { values: { total: `${90 + i}` } });
  await settle();
  const data = await Promise.all(cases.map(async (id) => (await engine.read(id)).context.data));
  expect(data.map(({ standing, grade: given }) => ({ standing, given }))).toEqual([
    { standing: { score: '90', rank: 2, rankOf: 2 }, given: 'good' },
    { standing: { score: '91', rank: 1, rankOf: 2 }, given: 'good' },
    { standing: { score: '92', rank: null, rankOf: 1 }, given: 'good' },
  ]);
  expect(await rowsOf(pool, 'SELECT DISTINCT status FROM cycles WHERE id = $1', [cycleId])).toEqual([
    { status: 'running' },
  ]);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

describe('ballots', () => {
  const content = (key: string) =>
    template(
      {
        evaluate: [
          {
            key: 'voting',
            type: 'ballots',
            per: 'cycle',
            name: named('voting'),
            groups: ['peers'],
            until: { from: 'opened', workingDays: 3 },
          },
          task('after'),
        ],
      },
      { key },
    );

  test('end when every ballot is in, and not before', async () => {
    const { cases, cycleId } = await world.launch(content('voted'));
    await settle();
    const [cycle] = await rowsOf<{ id: string; blocks: string[] }>(
      pool,
      `SELECT id, blocks FROM cases WHERE cycle_id = $1 AND kind = 'cycle'`,
      [cycleId],
    );
    expect(cycle?.blocks).toEqual(['voting']);
    expect((await engine.read(cycle?.id ?? '')).context.data.voting).toBe('noted');
    await engine.apply({ caseId: cycle?.id ?? '', event: { type: 'complete', block: 'voting', round: 1 } });
    await settle();
    expect(Object.keys((await engine.read(cases[0] as string)).context.live)).toEqual(['after']);
  });

  test('end at their day, whoever has not voted', async () => {
    const { cases } = await world.launch(content('lapsed'));
    await settle();
    world.clock.advance(10 * 86_400_000);
    await engine.fireDue();
    await settle();
    expect(Object.keys((await engine.read(cases[0] as string)).context.live)).toEqual(['after']);
    expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  });
});

describe('recusal', () => {
  const office = [{ kind: 'role', role: 'performanceOffice' } as const];
  const content = template(
    {
      evaluate: [
        task('draft', { per: 'cycle', who: office }),
        branch('appealed', 'true', [approval('review', { recuse: ['draft'], onReject: undefined })]),
      ],
    },
    { key: 'recused' },
  );

  test('whoever made the result is not among its reviewers, nor do they come in by a transfer or standing in', async () => {
    const { cases, cycleId } = await world.launch(content, world.units.slice(0, 1));
    await settle();
    const [cycle] = await rowsOf<{ id: string }>(pool, `SELECT id FROM cases WHERE cycle_id = $1 AND kind = 'cycle'`, [
      cycleId,
    ]);
    await act(cycle?.id ?? '', 'draft', 'submit', { actor: world.office });
    await settle();
    const id = cases[0] as string;
    const { context } = await engine.read(id);
    const seat = context.live.review?.seats?.[0];
    expect(seat?.people).toEqual([world.office2]);
    const n = seat?.n ?? 0;
    const event = { type: 'act', seat: n, actor: world.office2 } as const;
    await expect(
      engine.apply({ caseId: id, event: { ...event, action: 'transfer', to: world.office, reason: 'away' } }),
    ).rejects.toMatchObject({ id: 'task.recused' });
    await expect(
      engine.apply({
        caseId: id,
        event: { ...event, action: 'approve', actor: world.office, onBehalfOf: world.office2 },
      }),
    ).rejects.toMatchObject({ id: 'task.recused' });
    await expect(
      engine.apply({
        caseId: id,
        event: { type: 'reassign', block: 'review', seat: n, to: world.office, actor: world.office, reason: 'x' },
      }),
    ).rejects.toMatchObject({ id: 'task.recused' });
    await engine.apply({ caseId: id, event: { ...event, action: 'approve' } });
    expect((await engine.read(id)).status).toBe('done');
    expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  });
});
