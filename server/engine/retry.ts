import type { JsonObject } from '../../workflows/json.ts';
import type { CaseEvent } from '../../workflows/machine/context.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { problem } from '../http/problem.ts';
import { applyStep, type Core } from './core.ts';
import { JOB_ATTEMPTS } from './jobs.ts';
import { launchCycle } from './launch.ts';
import type { Applied } from './types.ts';

interface IncidentRow {
  case_id: string | null;
  kind: string;
  state: string;
  detail: {
    event: JsonObject;
    key: string | null;
    fired: { scope: string; rung: number } | null;
    job?: { task: string; payload: JsonObject };
  };
}

/** Does again what failed. The incident is resolved when it works, and stays open, with one more retry counted, when it does not. */
export async function retry(
  core: Core,
  directory: LiveDirectory,
  incidentId: string,
  by: { actor: string },
): Promise<Applied | null> {
  const { rows } = await core.pool.query<IncidentRow>(
    'SELECT case_id, kind, state, detail FROM incidents WHERE id = $1',
    [incidentId],
  );
  const incident = rows[0];
  if (!incident) throw problem('incident.unknown', { incidentId });
  if (incident.state !== 'open') throw problem('incident.resolved', { incidentId });
  if (incident.kind === 'job') return retryJob(core, incidentId, incident.detail.job, by);
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
  } else if (event.type === 'start' && typeof event.cycleId === 'string') {
    await launchCycle(core, directory, event.cycleId);
    const started = await core.pool.query('SELECT FROM cases WHERE id = $1', [event.id]);
    if (started.rowCount === 0) throw problem('engine.incident', { incidentId });
  }
  await core.pool.query(`UPDATE incidents SET state = 'resolved', resolved_at = $2, resolved_by = $3 WHERE id = $1`, [
    incidentId,
    core.clock.now(),
    by.actor,
  ]);
  return applied;
}

/** Puts a job that had failed for good back into the queue, and resolves its incident in the same transaction. */
async function retryJob(
  core: Core,
  incidentId: string,
  job: IncidentRow['detail']['job'],
  by: { actor: string },
): Promise<null> {
  await core.pool.query(
    `WITH resolved AS (
       UPDATE incidents SET state = 'resolved', retries = retries + 1, resolved_at = $2, resolved_by = $3 WHERE id = $1 AND state = 'open' RETURNING id
     ) SELECT graphile_worker.add_job($4, $5::json, max_attempts := $6) FROM resolved`,
    [incidentId, core.clock.now(), by.actor, job?.task, JSON.stringify(job?.payload ?? {}), JOB_ATTEMPTS],
  );
  return null;
}
