import type { JsonObject } from '../../workflows/json.ts';
import type { CaseEvent } from '../../workflows/machine/context.ts';
import { problem } from '../http/problem.ts';
import { applyStep, type Core } from './core.ts';
import type { Applied } from './types.ts';

interface IncidentRow {
  case_id: string | null;
  state: string;
  detail: { event: JsonObject; key: string | null; fired: { scope: string; rung: number } | null };
}

/** Does again what failed. The incident is resolved when it works, and stays open, with one more retry counted, when it does not. */
export async function retry(core: Core, incidentId: string, by: { actor: string }): Promise<Applied | null> {
  const { rows } = await core.pool.query<IncidentRow>('SELECT case_id, state, detail FROM incidents WHERE id = $1', [
    incidentId,
  ]);
  const incident = rows[0];
  if (!incident) throw problem('incident.unknown', { incidentId });
  if (incident.state !== 'open') throw problem('incident.resolved', { incidentId });
  const { event, key, fired } = incident.detail;
  const { case_id: caseId } = incident;
  let applied: Applied | null = null;
  if (caseId) {
    if (fired)
      await core.pool.query('UPDATE timers SET parked = false WHERE case_id = $1 AND scope = $2 AND rung = $3', [
        caseId,
        fired.scope,
        fired.rung,
      ]);
    const step = { caseId, event: event as unknown as CaseEvent, ...(key !== null && { key }) };
    applied = fired ? await applyStep(core, step, fired) : await applyStep(core, step);
  }
  await core.pool.query(`UPDATE incidents SET state = 'resolved', resolved_at = $2, resolved_by = $3 WHERE id = $1`, [
    incidentId,
    core.clock.now(),
    by.actor,
  ]);
  return applied;
}
