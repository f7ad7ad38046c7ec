import { describe, expect, test } from 'vitest';
import { makePrisma } from '../../../server/db/prisma.ts';
import { recordFindings } from '../../../server/findings/record.ts';
import { checkGiven, givenRows } from '../../../server/forms/given.ts';
import { verify } from '../../../server/verify/verify.ts';
import type { JsonObject } from '../../../workflows/json.ts';
import { rectification } from '../../../workflows/library/parts/rectification.ts';
import { blockByKey } from '../../../workflows/machine/track.ts';
import type { TaskBlock } from '../../../workflows/template/block.ts';
import type { Field } from '../../../workflows/template/field.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { approval, named, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const jobs: { caseId: string; block: string; round: number }[] = [];
const world = await makeEngineWorld({
  units: 2,
  jobSink: (job) => {
    if (job.task === 'serve') jobs.push(job.payload);
  },
});
const { engine, pool, act, clock, office, office2 } = world;
const prisma = makePrisma(pool);
const [unit, other] = world.units as [(typeof world.units)[number], (typeof world.units)[number]];

/** Does what the steps asked for, every job twice: a repeat changes nothing. */
const settle = async () => {
  for (let fired = 1; jobs.length + fired > 0; ) {
    for (const job of jobs.splice(0)) {
      await engine.serve(job);
      await engine.serve(job);
    }
    fired = await engine.fireDue();
  }
};

const staff = { kind: 'role', role: 'staff', of: 'participant' } as const;
const officeRole = { kind: 'role', role: 'performanceOffice' } as const;
const checks: Field = {
  key: 'checks',
  type: 'table',
  name: named('checks'),
  source: 'mustCheck',
  columns: ['code', 'problem', 'former', 'formerMeasure', 'measure'].map((key) => ({
    key,
    type: 'text',
    name: named(key),
  })),
};
const content = template(
  {
    plan: [
      task('draftPlan', { fields: [checks] }),
      approval('planOk', { returnTo: 'draftPlan', onReject: undefined }),
      {
        key: 'enterChecks',
        type: 'compute',
        name: named('enter'),
        into: 'entered',
        rule: { kind: 'carry', items: 'checks' },
      },
    ],
    rectify: rectification({
      staff,
      office: officeRole,
      verifier: officeRole,
      publicAnswer: true,
      ladders: {
        unit: [
          { after: 1, do: 'remind' },
          { after: 2, do: 'head' },
          { after: 5, do: 'supervise', colour: 'yellow' },
          { after: 8, do: 'transfer', to: officeRole },
        ],
        verifier: [{ after: 1, do: 'remind' }],
        office: [{ after: 1, do: 'remind' }],
      },
    }),
  },
  { key: 'rectified' },
);

const given = async (caseId: string, block: string): Promise<Record<string, JsonObject[]>> =>
  givenRows(prisma, await engine.read(caseId), blockByKey(content, block) as TaskBlock);
const planned = (rows: JsonObject[]) =>
  rows.map((row) => ({ ...row, measure: '补齐台账', owner: '张三', due: '2027-05-31' }));
const itemsOf = (cycleId: string) =>
  rowsOf<JsonObject>(
    pool,
    `SELECT code, source, state, measure, public_answer, published_at IS NOT NULL AS published, item_case_id IS NOT NULL AS "hasCase"
     FROM rectification_items WHERE cycle_id = $1 ORDER BY code`,
    [cycleId],
  );
const findingsOf = (cycleId: string) =>
  rowsOf<{ number: number; state: string }>(
    pool,
    'SELECT number, state FROM findings WHERE cycle_id = $1 ORDER BY number',
    [cycleId],
  );
const planDone = async (caseId: string, values = {}) => {
  await act(caseId, 'draftPlan', 'submit', { values });
  await act(caseId, 'planOk', 'approve');
  await settle();
};
const work = (result: string) => ({
  values: { rectifyResult: result, rectifyReport: '已按方案落实', publicAnswer: '感谢监督，已整改。' },
});
const newCycle = async (year: number) => {
  const id = await world.newCycle(content, [unit, other]);
  await pool.query('UPDATE cycles SET year = $2 WHERE id = $1', [id, year]);
  await engine.launchCycle(id);
  const rows = await rowsOf<{ org_id: string; case_id: string }>(
    pool,
    'SELECT org_id, case_id FROM cycle_participants WHERE cycle_id = $1',
    [id],
  );
  const caseOf = (orgId: string) => rows.find((row) => row.org_id === orgId)?.case_id as string;
  return { id, mine: caseOf(unit.id), others: caseOf(other.id) };
};

describe('the whole loop, over two cycles', async () => {
  const first = await newCycle(2026);
  const children = async () =>
    rowsOf<{ id: string; code: string; status: string }>(
      pool,
      `SELECT id, status, snapshot->'context'->'facts'->'item'->>'code' AS code FROM cases WHERE parent_id = $1 ORDER BY 3`,
      [first.mine],
    );

  test('lints green', () => {
    expect(lintTemplate(content)).toEqual([]);
  });

  test('a unit without problems passes at once; the findings of the other are the rows of its plan', async () => {
    await recordFindings(prisma, { cycleId: first.id, by: office, at: clock.now() }, [
      { orgId: unit.id, source: 'inspection', severity: 'major', what: '台账缺失', advice: '补齐' },
      { orgId: unit.id, source: 'complaint', severity: 'minor', what: '路灯不亮' },
      { orgId: unit.id, source: 'survey', severity: 'critical', what: '办事等候过长' },
    ]);
    await planDone(first.others);
    expect(await engine.read(first.others)).toMatchObject({
      status: 'done',
      context: { data: { rectifyWaiting: { open: 0 } } },
    });
    await planDone(first.mine);
    const { rectifyItems = [] } = await given(first.mine, 'rectifyPlan');
    expect(rectifyItems).toEqual([
      { code: 'F1', problem: '台账缺失', advice: '补齐' },
      { code: 'F2', problem: '路灯不亮' },
      { code: 'F3', problem: '办事等候过长' },
    ]);
    const fields = (blockByKey(content, 'rectifyPlan') as TaskBlock).fields ?? [];
    expect(checkGiven(fields, { rectifyItems }, { rectifyItems: planned(rectifyItems.slice(1)) })).toMatchObject([
      { path: 'rectifyItems', message: { en: 'the row "F1" is given and must stay' } },
    ]);
  });

  test('the plan is returned until it is good; then its items stand in the register and have a case each', async () => {
    const { rectifyItems = [] } = await given(first.mine, 'rectifyPlan');
    await act(first.mine, 'rectifyPlan', 'submit', { values: { rectifyItems: planned(rectifyItems) } });
    await act(first.mine, 'rectifyReview', 'return', { reason: '措施太空' });
    await settle();
    expect(await itemsOf(first.id)).toEqual([]);
    const own = { problem: '自查发现', measure: '培训', owner: '李四', due: '2027-06-30' };
    await act(first.mine, 'rectifyPlan', 'submit', { values: { rectifyItems: [...planned(rectifyItems), own] } });
    await act(first.mine, 'rectifyReview', 'approve');
    await settle();
    expect(await itemsOf(first.id)).toMatchObject([
      { code: 'F1', source: 'inspection', state: 'open', measure: '补齐台账' },
      { code: 'F2', source: 'complaint', state: 'open' },
      { code: 'F3', source: 'survey', state: 'open' },
      { code: 'U4', source: 'unit', state: 'open', measure: '培训' },
    ]);
    expect((await findingsOf(first.id)).map(({ state }) => state)).toEqual(['rectifying', 'rectifying', 'rectifying']);
    expect(await children()).toHaveLength(4);
  });

  test('verified by somebody else, sent back once, closed and answered in public', async () => {
    const [one] = await children();
    const id = one?.id ?? '';
    await act(id, 'rectifyWork', 'submit', work('done'));
    await act(id, 'rectifyVerify', 'return', { reason: '佐证不足' });
    await act(id, 'rectifyWork', 'submit', work('done'));
    await act(id, 'rectifyVerify', 'approve');
    await act(id, 'rectifyCloseOut', 'approve');
    await settle();
    expect((await itemsOf(first.id))[0]).toEqual({
      code: 'F1',
      source: 'inspection',
      state: 'closed',
      measure: '补齐台账',
      public_answer: '感谢监督，已整改。',
      published: true,
      hasCase: true,
    });
    expect((await findingsOf(first.id))[0]?.state).toBe('closed');
  });

  test('overdue work climbs the ladder to the office, and whoever does it then does not verify it', async () => {
    const id = (await children())[1]?.id ?? '';
    clock.advance(60 * 86_400_000);
    await settle();
    const done = await rowsOf<{ what: string }>(
      pool,
      `SELECT body->'events'->0->>'do' AS what FROM case_events WHERE case_id = $1 AND type = 'timer' AND body->'events'->0->>'do' <> 'remind' ORDER BY seq`,
      [id],
    );
    expect(done.map(({ what }) => what)).toEqual(['head', 'supervise', 'transfer']);
    await act(id, 'rectifyWork', 'submit', { ...work('notDone'), actor: office });
    const live = (await engine.read(id)).context.live.rectifyVerify;
    expect(live?.seats?.[0]?.people).toEqual([office2]);
    await expect(act(id, 'rectifyVerify', 'approve', { actor: office })).rejects.toMatchObject({ id: 'task.notYours' });
    await expect(act(id, 'rectifyVerify', 'transfer', { to: office, reason: '转办' })).rejects.toMatchObject({
      id: 'task.recused',
    });
    await act(id, 'rectifyVerify', 'approve', { actor: office2 });
    await settle();
    expect((await itemsOf(first.id))[1]).toMatchObject({ code: 'F2', state: 'carried', published: false });
  });

  test('what is left open, and what was found too late to be planned for, goes to the next cycle', async () => {
    await recordFindings(prisma, { cycleId: first.id, by: office, at: clock.now() }, [
      { orgId: unit.id, source: 'inspection', severity: 'minor', what: '迟到的问题' },
    ]);
    for (const { id } of (await children()).slice(2)) {
      await act(id, 'rectifyWork', 'submit', { ...work('done'), actor: office });
      await act(id, 'rectifyVerify', 'approve');
      await act(id, 'rectifyCloseOut', 'approve');
      await settle();
    }
    const { status, context } = await engine.read(first.mine);
    expect({ status, carried: context.data.rectifyCarried }).toEqual({
      status: 'done',
      carried: { closed: 3, open: 2, codes: ['F2', 'F4'] },
    });
  });

  test('the next cycle’s plan must check it, and its items say where they come from', async () => {
    const next = await newCycle(2027);
    const { checks: rows = [] } = await given(next.mine, 'draftPlan');
    expect(rows).toEqual([
      { code: '2026-F2', problem: '路灯不亮', former: 'cycle', formerMeasure: '补齐台账' },
      { code: '2026-F4', problem: '迟到的问题', former: 'cycle' },
    ]);
    expect((await given(next.others, 'draftPlan')).checks).toEqual([]);
    const fields = (blockByKey(content, 'draftPlan') as TaskBlock).fields ?? [];
    expect(checkGiven(fields, { checks: rows }, { checks: rows.slice(0, 1) })).toMatchObject([
      { path: 'checks', message: { en: 'the row "2026-F4" is given and must stay' } },
    ]);
    expect(checkGiven(fields, { checks: rows }, { checks: [...rows, { code: 'X' }] })).toMatchObject([
      { path: 'checks[2].code' },
    ]);
    await planDone(next.mine, { checks: rows.map((row) => ({ ...row, measure: '换灯' })) });
    const links = await rowsOf(
      pool,
      `SELECT n.code, n.source, n.state, o.code AS was, o.cycle_id AS "formerCycle" FROM rectification_items n JOIN rectification_items o ON o.id = n.carried_from
       WHERE n.cycle_id = $1 ORDER BY n.code`,
      [next.id],
    );
    expect(links).toEqual([
      { code: '2026-F2', source: 'mustCheck', state: 'open', was: 'F2', formerCycle: first.id },
      { code: '2026-F4', source: 'mustCheck', state: 'open', was: 'F4', formerCycle: first.id },
    ]);
    expect((await given(next.mine, 'rectifyPlan')).rectifyItems).toEqual([
      { code: '2026-F2', problem: '路灯不亮', former: 'cycle' },
      { code: '2026-F4', problem: '迟到的问题', former: 'cycle' },
    ]);
    expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  });
});
