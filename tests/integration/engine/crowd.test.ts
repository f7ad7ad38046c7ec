import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Applied } from '../../../server/engine/index.ts';
import { ProblemError } from '../../../server/http/problem.ts';
import { verify } from '../../../server/verify/verify.ts';
import type { Action } from '../../../workflows/template/action.ts';
import type { ApprovalBlock } from '../../../workflows/template/block.ts';
import { approval, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const CROWD = 300;
const world = await makeEngineWorld({ units: 1 });
const { engine, pool } = world;
const other = await world.node();
const crowd = Array.from({ length: CROWD }, () => randomUUID());
await pool.query(
  `WITH p AS (INSERT INTO people (id, username, name, org_id) SELECT p, p::text, 'x', $2 FROM unnest($1::uuid[]) p RETURNING id)
   INSERT INTO roles (id, person_id, role) SELECT gen_random_uuid(), id, 'crowd' FROM p`,
  [crowd, world.units[0]?.id],
);
await world.directory.reload();

const begin = async (key: string, more: Partial<ApprovalBlock>): Promise<string> => {
  const who = [{ kind: 'role' as const, role: 'crowd' }];
  const content = template({ plan: [approval('ok', { who, ...more }), task('after')] }, { key });
  return (await world.launch(content)).cases[0] as string;
};

/** What came back to each of them, in the order of the crowd. */
type Answer = { person: string; seat: number } & ({ applied: Applied } | { refused: string });

/** Everyone presses at the same instant, every other one on the other node. */
async function allAtOnce(caseId: string, actionOf: (i: number) => Action, times = 1): Promise<Answer[]> {
  const seats = (await engine.read(caseId)).context.live.ok?.seats ?? [];
  const press = async (person: string, i: number, node: typeof engine): Promise<Answer> => {
    const seat = seats.find((one) => one.people.includes(person))?.n ?? 0;
    const event = { type: 'act' as const, seat, action: actionOf(i), actor: person, reason: 'because' };
    try {
      return { person, seat, applied: await node.apply({ caseId, event, key: `${person}/1` }) };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { person, seat, refused: error.id };
    }
  };
  return Promise.all(
    Array.from({ length: times }, (_, k) =>
      crowd.map((person, i) => press(person, i, (i + k) % 2 ? engine : other)),
    ).flat(),
  );
}

const effective = (answers: Answer[]) =>
  answers.flatMap((one) => ('applied' in one && !one.applied.repeated ? [{ ...one, ...one.applied }] : []));
const refusals = (answers: Answer[]) => answers.flatMap((one) => ('refused' in one ? [one.refused] : []));

/** The record names exactly those whose act was answered for, each where the answer said, and nobody else. */
async function checkRecord(caseId: string, answers: Answer[]): Promise<void> {
  const record = await rowsOf<{ seq: number; actor: string; seat: number }>(
    pool,
    `SELECT seq, actor, (body->'events'->0->>'seat')::int AS seat FROM case_events WHERE case_id = $1 AND type = 'act' ORDER BY seq`,
    [caseId],
  );
  const told = effective(answers).map(({ revision, person, seat }) => ({ seq: revision, actor: person, seat }));
  expect(record).toEqual(told.sort((a, b) => a.seq - b.seq));
  expect(record.map(({ seq }) => seq)).toEqual(record.map((_, i) => i + 2));
  const done = await rowsOf<{ seat: number; by: string }>(
    pool,
    `SELECT seat, closed_by AS by FROM tasks WHERE case_id = $1 AND block = 'ok' AND state = 'done' ORDER BY seat`,
    [caseId],
  );
  expect(done).toEqual(record.map(({ seat, actor }) => ({ seat, by: actor })).sort((a, b) => a.seat - b.seat));
  const open = await rowsOf(pool, `SELECT FROM tasks WHERE case_id = $1 AND block = 'ok' AND state = 'open'`, [caseId]);
  expect(open).toEqual([]);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
}

test('all: 300 people decide at once, each twice, through two nodes; each is heard once, the last one moves the case', {
  timeout: 120_000,
}, async () => {
  const id = await begin('crowdAll', { mode: 'all' });
  const answers = await allAtOnce(id, () => 'approve', 2);
  expect(refusals(answers)).toEqual([]);
  expect(effective(answers)).toHaveLength(CROWD);
  expect(answers.filter((one) => 'applied' in one && one.applied.repeated)).toHaveLength(CROWD);
  const moved = effective(answers).filter(({ opened }) => opened.length > 0);
  expect(moved.map(({ revision }) => revision)).toEqual([CROWD + 1]);
  await checkRecord(id, answers);
});

test('any: one of 300 is heard, the others are told that it is done', { timeout: 120_000 }, async () => {
  const id = await begin('crowdAny', { mode: 'any' });
  const answers = await allAtOnce(id, () => 'approve');
  expect(effective(answers)).toHaveLength(1);
  expect(refusals(answers)).toEqual(Array(CROWD - 1).fill('task.closed'));
  await checkRecord(id, answers);
});

test('vote: as many as settle it are heard; whoever comes later is told that it is settled', {
  timeout: 120_000,
}, async () => {
  const id = await begin('crowdVote', { mode: 'vote', vote: { quorum: '0.5', pass: '0.6' } });
  const answers = await allAtOnce(id, () => 'approve');
  // 180 of 300 carry it, whatever the others say.
  expect(effective(answers)).toHaveLength(180);
  expect(refusals(answers)).toEqual(Array(CROWD - 180).fill('task.closed'));
  await checkRecord(id, answers);
});

test('all: a return among 299 approvals sends it back once; those before it are heard, those after it refused', {
  timeout: 120_000,
}, async () => {
  const content = template(
    {
      plan: [task('draft'), approval('ok', { who: [{ kind: 'role', role: 'crowd' }], mode: 'all', returnTo: 'draft' })],
    },
    { key: 'crowdReturn' },
  );
  const id = (await world.launch(content)).cases[0] as string;
  await world.act(id, 'draft');
  const answers = await allAtOnce(id, (i) => (i === 150 ? 'return' : 'approve'));
  const heard = effective(answers);
  const back = heard.find(({ person }) => person === crowd[150]);
  expect(back?.opened.map(({ block }) => block)).toEqual(['draft']);
  expect(Math.max(...heard.map(({ revision }) => revision))).toBe(back?.revision);
  expect(heard.length + refusals(answers).length).toBe(CROWD);
  expect(new Set(refusals(answers))).toEqual(new Set(refusals(answers).length > 0 ? ['task.closed'] : []));
  const { context, revision } = await engine.read(id);
  expect(Object.keys(context.live)).toEqual(['draft']);
  expect(revision).toBe(heard.length + 2);
  const states = await rowsOf<{ state: string; n: number }>(
    pool,
    `SELECT state, count(*)::int AS n FROM tasks WHERE case_id = $1 AND block = 'ok' GROUP BY state ORDER BY state`,
    [id],
  );
  expect(states).toEqual(
    [
      { state: 'done', n: heard.length },
      { state: 'superseded', n: CROWD - heard.length },
    ].filter(({ n }) => n > 0),
  );
  expect(await verify(pool)).toMatchObject({ ok: true });
});
