import type pg from 'pg';
import { expect, test } from 'vitest';
import { makeCommitter } from '../../../server/engine/committer.ts';
import type { Write } from '../../../server/engine/write.ts';

const write = (id: string, fired: boolean): Write => ({
  id,
  expected: 1,
  start: null,
  at: '2026-03-02T01:00:00.000Z',
  snapshot: '{}',
  status: 'active',
  blocks: [],
  waits: [],
  phase: null,
  outcome: null,
  ended: false,
  event: {
    type: fired ? 'timer' : 'act',
    actor: null,
    onBehalfOf: null,
    key: null,
    body: '{}',
    request: null,
    address: null,
  },
  opened: [],
  closed: [],
  reseated: [],
  reopened: [],
  timersSet: [],
  timersCancelled: [],
  fired: fired ? { scope: 'work#1', rung: 0 } : null,
  jobs: [],
  children: [],
  extras: [],
});

/** Connections on which a statement ends when the test says so. */
function makeSlowPool() {
  const statements: (() => void)[] = [];
  const query = ({ values }: { values: unknown[] }) => {
    const given = String(values[0]);
    const ids = given.startsWith('{') ? given.slice(1, -1).split(',') : [given];
    return new Promise((resolve) => statements.push(() => resolve({ rows: ids.map((id) => ({ id })) })));
  };
  const pool = { connect: async () => ({ query, release: () => undefined }) } as unknown as pg.Pool;
  return { pool, statements };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test.each([
  ["a person's step", true, false],
  ['a timer', false, true],
])('%s does not wait while the others hold all connections', async (_what, others, own) => {
  const { pool, statements } = makeSlowPool();
  const committer = makeCommitter(pool, { connections: 2, batch: 8 });
  const many = Array.from({ length: 20 }, (_, n) => committer.commit(write(`${n}`, others)));
  await turn();
  expect(committer.load()).toMatchObject({ inFlight: 2 });
  const one = committer.commit(write('own', own));
  await turn();
  expect(committer.load()).toMatchObject({ inFlight: 3 });
  statements.pop()?.();
  expect(await one).toBe(true);

  const closed = committer.close();
  while (committer.load().inFlight > 0) {
    for (const end of statements.splice(0)) end();
    await turn();
  }
  expect(await Promise.all(many)).toEqual(many.map(() => true));
  await closed;
});
