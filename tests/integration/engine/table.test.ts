import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ProblemError } from '../../../server/http/problem.ts';
import { verify } from '../../../server/verify/verify.ts';
import {
  cameOf,
  ENCLOSURES,
  type Enclosure,
  eventOf,
  expectedOf,
  MODES,
  type Mode,
  TABLE,
  templateOf,
} from '../../support/actionTable.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 1, sections: 1 });
const { engine, pool } = world;
const people = new Map(['p0', 'p1', 'p2', 'p3', 'x'].map((name) => [name, randomUUID()]));
const names = new Map<string, string>([...people].map(([name, id]) => [id, name]));
await pool.query(
  `INSERT INTO people (id, username, name, org_id) SELECT p, n, n, $3 FROM unnest($1::uuid[], $2::text[]) AS t(p, n)`,
  [[...people.values()], [...people.keys()], world.units[0]?.id],
);
await world.directory.reload();
const idOf = (name: string) => people.get(name) ?? name;
const nameOf = (id: string) => names.get(id) ?? id;

/** The case of the cell, on disk, as far as the approval. */
async function begin(mode: Mode, where: Enclosure): Promise<string> {
  const content = templateOf(mode, where, idOf);
  const parent = (await world.launch(content)).cases[0] as string;
  const submit = async (caseId: string, block: string) => void (await world.act(caseId, block));
  await submit(parent, 'first');
  const children = await rowsOf<{ id: string }>(pool, 'SELECT id FROM cases WHERE parent_id = $1', [parent]);
  const id = children[0]?.id ?? parent;
  await submit(id, 'draft');
  return id;
}

// Every row once, its cells in turn: what a clock does is asked of a clock elsewhere.
const cells = TABLE.filter(([steps]) => !steps.startsWith('clock')).flatMap((row, i) => {
  const mode = MODES[i % MODES.length] as Mode;
  const where = ENCLOSURES[Math.floor(i / MODES.length + i) % ENCLOSURES.length] as Enclosure;
  return expectedOf(row, mode, where) === '—' ? [] : [[row[0], mode, where, row] as const];
});

test.each(cells)('%s (%s, %s)', async (steps, mode, where, row) => {
  const id = await begin(mode, where);
  const expected = expectedOf(row, mode, where);
  let refused: string | null = null;
  for (const step of steps.split(', '))
    for (let event = eventOf(step, (await engine.read(id)).context, idOf); event; ) {
      const before = await engine.read(id);
      try {
        await engine.apply({ caseId: id, event });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        refused = error.id;
        expect(await engine.read(id)).toEqual(before);
      }
      const { context } = await engine.read(id);
      event = refused === null && step.startsWith('everyone') && context.live.ok ? eventOf(step, context, idOf) : null;
    }
  const { context } = await engine.read(id);
  const said = refused === 'event.refused' ? 'action.notAllowed' : refused;
  expect(said ? `✗ ${said}` : cameOf(context, nameOf)).toBe(expected);

  // What is open in the inboxes is what the case says, and nothing is left of what was closed.
  const open = await rowsOf<{ seat: number }>(
    pool,
    `SELECT seat FROM tasks WHERE case_id = $1 AND state = 'open' ORDER BY seat`,
    [id],
  );
  const seats = Object.values(context.live).flatMap((live) => live.seats ?? []);
  expect(open.map(({ seat }) => seat)).toEqual(
    seats.flatMap(({ n, state }) => (state === 'open' ? [n] : [])).sort((a, b) => a - b),
  );
});

test('whatever was done, the record rebuilds every case', async () => {
  expect(cells.length).toBeGreaterThan(50);
  expect(new Set(cells.map(([, mode, where]) => `${mode}/${where}`)).size).toBeGreaterThan(20);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});
