import type { JsonObject } from '../../workflows/json.ts';
import type { CaseEvent } from '../../workflows/machine/context.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { ProblemError } from '../http/problem.ts';
import { applyStep, type Core } from './core.ts';
import { recordIncident } from './incidents.ts';
import { isHuman } from './project.ts';
import type { Applied } from './types.ts';

interface DueRow {
  case_id: string;
  scope: string;
  rung: number;
  event: JsonObject;
}

const DUE = {
  name: 'bihuan_due',
  text: `SELECT case_id, scope, rung, event FROM timers WHERE due_at <= $1 AND NOT parked AND frozen_at IS NULL ORDER BY due_at, case_id, rung, scope LIMIT $2`,
};

/** So many cases are fired at once: enough to fill the writers' statements, few enough that a user's step is soon among them. */
const SIDE_BY_SIDE = 64;

/**
 * Fires the timers that are due: oldest first, those of one case one after the other, different cases side by side.
 * A timer that the case no longer waits for goes quietly; one whose step throws is parked with its incident.
 * @returns how many took effect
 */
export async function fireDue(
  core: Core,
  { limit = 500, until }: { limit?: number; until?: Date } = {},
): Promise<number> {
  let fired = 0;
  for (;;) {
    const { rows } = await core.pool.query<DueRow>({ ...DUE, values: [until ?? core.clock.now(), limit] });
    const byCase = groupBy(rows);
    const waiting = [...byCase.values()];
    const fireNext = async () => {
      for (let timers = waiting.shift(); timers; timers = waiting.shift()) {
        const effective = await fireInOrder(core, timers);
        fired += effective;
      }
    };
    const results = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, fireNext));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    if (rows.length < limit) return fired;
  }
}

function groupBy(rows: DueRow[]): Map<string, DueRow[]> {
  const groups = new Map<string, DueRow[]>();
  for (const row of rows) groups.set(row.case_id, [...(groups.get(row.case_id) ?? []), row]);
  return groups;
}

async function fireInOrder(core: Core, timers: DueRow[]): Promise<number> {
  let fired = 0;
  for (const timer of timers) if (await fire(core, timer)) fired += 1;
  return fired;
}

async function fire(core: Core, { case_id: caseId, scope, rung, event }: DueRow): Promise<Applied | null> {
  try {
    const applied = await applyStep(
      core,
      { caseId, event: (await withTaker(core, caseId, event)) as unknown as CaseEvent },
      { scope, rung },
    );
    if (!applied) await discard(core, caseId, scope, rung);
    return applied;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.id === 'engine.unavailable') throw error;
    // Parked, with its incident: one bad timer must not come back before all others for ever.
    if (error.id !== 'engine.incident') {
      const at = core.clock.now().toISOString();
      await recordIncident(core.pool, { caseId, event, key: null, fired: { scope, rung }, error, at });
    }
    return null;
  }
}

/** A timer that has no effect any more goes; one of a suspended case waits for it to be resumed. */
async function discard(core: Core, caseId: string, scope: string, rung: number): Promise<void> {
  await core.pool.query(
    `WITH held AS (
       UPDATE timers t SET frozen_at = $4 FROM cases c WHERE t.case_id = $1 AND t.scope = $2 AND t.rung = $3 AND c.id = t.case_id AND c.status = 'suspended' RETURNING t.case_id
     ) DELETE FROM timers WHERE case_id = $1 AND scope = $2 AND rung = $3 AND NOT parked AND NOT EXISTS (SELECT FROM held)`,
    [caseId, scope, rung, core.clock.now()],
  );
}

/** A `transfer` rung asks the directory, when it fires, who takes over. */
async function withTaker(core: Core, caseId: string, event: JsonObject): Promise<JsonObject> {
  if (event.do !== 'transfer') return event;
  const entry = core.cache.get(caseId) ?? (await core.store.load(caseId));
  const block = entry.logic.definition && blockByKey(entry.logic.definition.template, String(event.block));
  const rung =
    isHuman(block ?? undefined) && block && 'escalate' in block ? block.escalate?.[Number(event.rung)] : undefined;
  const { context } = entry.snapshot;
  const to = rung?.to
    ? core.directory({ who: [rung.to], context, item: context.live[String(event.block)]?.item }).flat()
    : [];
  return { ...event, to };
}
