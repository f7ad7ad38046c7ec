import type pg from 'pg';
import { type Engine, uuidOf } from '../../../server/engine/index.ts';
import type { LogicOf } from '../../../server/engine/logic.ts';
import { ProblemError } from '../../../server/http/problem.ts';
import type { Json } from '../../../workflows/json.ts';
import type { TestClock } from '../engineWorld.ts';
import { machineLogic } from '../statechartLogic.ts';
import type { ScxmlCase } from './cases.ts';
import { keyOf, toMachine } from './machine.ts';

/** The logic of stored documents. */
export const scxmlLogic: LogicOf = (content: Json) => machineLogic(toMachine((content as { scxml: string }).scxml));

interface World {
  engines: Engine[];
  pool: pg.Pool;
  clock: TestClock;
}

/**
 * Runs a document as a case: each event goes to another node, delays pass in virtual time.
 * @throws when the active states are not those that the case expects
 */
export async function play({ engines, pool, clock }: World, given: ScxmlCase): Promise<void> {
  const caseId = uuidOf('scxml', given.name);
  let turn = 0;
  const node = () => engines[turn++ % engines.length] as Engine;
  const nextDue = async () =>
    (await pool.query<{ due: Date | null }>('SELECT min(due_at) AS due FROM timers WHERE case_id = $1', [caseId]))
      .rows[0]?.due ?? null;
  const passUntil = async (instant: Date) => {
    for (let n = 0, due = await nextDue(); due && due <= instant; n += 1, due = await nextDue()) {
      if (n > 100) throw new Error('goes on for ever');
      if (due > clock.now()) clock.set(due.toISOString());
      await node().fireDue();
    }
    clock.set(instant.toISOString());
  };
  const expectStates = async (wanted: string[], when: string) => {
    const { rows } = await pool.query<{ value: Json }>(`SELECT snapshot->'value' AS value FROM cases WHERE id = $1`, [
      caseId,
    ]);
    const active = leaves(rows[0]?.value ?? null).sort();
    const should = wanted.map(keyOf).sort();
    if (active.join() !== should.join()) throw new Error(`${when}: in [${active.join()}], not in [${should.join()}]`);
  };
  try {
    await node().startCase({
      id: caseId,
      kind: 'plain',
      title: given.name,
      definition: { scxml: given.document },
      input: {},
    });
    await expectStates(given.initialConfiguration, 'at the start');
    await passUntil(clock.now());
    for (const { after = 0, event, nextConfiguration } of given.events) {
      await passUntil(new Date(clock.now().getTime() + after));
      await node()
        .apply({ caseId, event: { type: event.name } })
        .catch(ignoreRefusal);
      await passUntil(clock.now());
      await expectStates(nextConfiguration, `after ${event.name}`);
    }
  } finally {
    await pool.query('DELETE FROM timers WHERE case_id = $1', [caseId]);
  }
}

/** An event that a document does not expect, or that comes after its end, is refused; there it is ignored. */
const ignoreRefusal = (error: unknown) => {
  if (!(error instanceof ProblemError) || !['event.refused', 'case.finished'].includes(error.id)) throw error;
};

/** The innermost active states. */
function leaves(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return Object.entries((value ?? {}) as Record<string, Json>).flatMap(([key, below]) => {
    const inner = leaves(below);
    return inner.length > 0 ? inner : [key];
  });
}
