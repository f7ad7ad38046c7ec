import type { JsonObject } from '../../workflows/json.ts';
import { handedOver } from '../../workflows/machine/handOver.ts';
import { stopsOf } from '../../workflows/machine/track.ts';
import { type CycleTemplate, PHASES, walkBlocks } from '../../workflows/template/schema.ts';
import { ProblemError } from '../http/problem.ts';
import { applyStep, type Core } from './core.ts';
import { uuidOf } from './logic.ts';

/**
 * Lets the two tracks of a cycle meet. It only reads what is committed and acts through ordinary steps, so it may run at any
 * time, in any number: every arrival and every release asks for it in its own transaction, and the later one sees both.
 */
export async function checkGates(core: Core, cycleId: string): Promise<void> {
  // While some cases are under another version than others, nobody meets; the end of the move asks again.
  const cycle = await core.pool.query<{ status: string }>(
    `SELECT status FROM cycles c WHERE id = $1 AND NOT EXISTS (SELECT FROM cycle_migrations m WHERE m.cycle_id = c.id AND m.state = 'running')`,
    [cycleId],
  );
  const status = cycle.rows[0]?.status;
  if (status !== 'running' && status !== 'launching') return;
  const caseId = uuidOf(cycleId, 'cycle');
  if (status === 'running') await gather(core, cycleId, caseId);
  await release(core, cycleId, caseId);
  await close(core, cycleId, caseId);
}

/** Opens the cycle block that everyone has arrived at. */
async function gather(core: Core, cycleId: string, caseId: string): Promise<void> {
  const { rows } = await core.pool.query<{ waits: string[] }>(
    `SELECT waits FROM cases WHERE id = $1 AND status = 'active'`,
    [caseId],
  );
  const key = rows[0]?.waits[0];
  if (key === undefined) return;
  const block = key.replace(/~gather$/, '');
  const missing = await core.pool.query(
    `SELECT FROM cases WHERE cycle_id = $1 AND kind = 'participant' AND status IN ('active', 'suspended') AND NOT ($2 = ANY(waits)) LIMIT 1`,
    [cycleId, block],
  );
  if (missing.rowCount === 0) await quietly(applyStep(core, { caseId, event: { type: 'gathered', block: key } }));
}

/** Sends on the participants who wait for what the cycle has passed, each with its own results. */
async function release(core: Core, cycleId: string, caseId: string): Promise<void> {
  const { rows } = await core.pool.query<{ id: string; block: string }>(
    `SELECT c.id, g.block FROM cycle_gates g JOIN cases c ON c.cycle_id = g.cycle_id AND c.kind = 'participant' AND c.status = 'active' AND g.block = ANY(c.waits)
     WHERE g.cycle_id = $1`,
    [cycleId],
  );
  if (rows.length === 0) return;
  const { logic, snapshot } = await core.store.load(caseId);
  const template = logic.definition?.template;
  const own = template ? await handedOut(core, cycleId, template) : new Map<string, JsonObject>();
  await Promise.all(
    rows.map(({ id, block }) => {
      const shared = template ? handedOver(template, block, snapshot.context) : { data: {}, acted: {} };
      const data = { ...shared.data, ...own.get(`${block}/${id}`) };
      const acted = Object.keys(shared.acted).length > 0 ? { acted: shared.acted } : {};
      return quietly(applyStep(core, { caseId: id, event: { type: 'passed', block, data, ...acted } }));
    }),
  );
}

/** What each participant gets of its own, by meeting and case: from every block of the run that the meeting stands for. */
async function handedOut(core: Core, cycleId: string, template: CycleTemplate): Promise<Map<string, JsonObject>> {
  const { rows } = await core.pool.query<{ block: string; caseId: string; handed: JsonObject }>(
    'SELECT block, case_id AS "caseId", handed FROM results WHERE cycle_id = $1 AND handed IS NOT NULL ORDER BY at',
    [cycleId],
  );
  const meeting = new Map<string, string>();
  for (const phase of PHASES)
    for (const stop of stopsOf(template, phase, 'participant'))
      if (stop.type === 'await') for (const { key } of walkBlocks(stop.blocks)) meeting.set(key, stop.key);
  const own = new Map<string, JsonObject>();
  for (const { block, caseId, handed } of rows) {
    const place = `${meeting.get(block)}/${caseId}`;
    own.set(place, { ...own.get(place), ...handed });
  }
  return own;
}

/** A cycle is closed when its own case and all its participants' have ended. */
async function close(core: Core, cycleId: string, caseId: string): Promise<void> {
  await core.pool.query(
    `UPDATE cycles SET status = 'closed', closed_at = $3 WHERE id = $1 AND status = 'running'
       AND EXISTS (SELECT FROM cases WHERE id = $2 AND status IN ('done', 'cancelled'))
       AND NOT EXISTS (SELECT FROM cases WHERE cycle_id = $1 AND status IN ('active', 'suspended'))`,
    [cycleId, caseId, core.clock.now()],
  );
}

/** A meeting that another node has just brought about is no failure; an incident is on record. */
async function quietly(step: Promise<unknown>): Promise<void> {
  try {
    await step;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.id === 'engine.unavailable') throw error;
  }
}
