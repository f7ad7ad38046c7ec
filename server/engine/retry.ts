import type { JsonObject } from '../../workflows/json.ts';
import { isVacant } from '../../workflows/machine/assign.ts';
import type { CaseEvent } from '../../workflows/machine/context.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { problem } from '../http/problem.ts';
import { applyStep, type Core } from './core.ts';
import { JOB_ATTEMPTS } from './jobs.ts';
import { launchCycle } from './launch.ts';
import { isHuman } from './project.ts';
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
    source?: string;
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
  if (incident.kind === 'pull') {
    // The next sweep fetches; what fails again is a new incident.
    await core.pool.query('UPDATE pull_sources SET next_at = $2 WHERE id = $1', [
      incident.detail.source,
      core.clock.now(),
    ]);
    await resolve(core, incidentId, by.actor);
    return null;
  }
  if (incident.kind === 'vacancy') return fillVacancy(core, incidentId, incident, by);
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
  await resolve(core, incidentId, by.actor);
  return applied;
}

async function resolve(core: Core, incidentId: string, actor: string | null): Promise<void> {
  const text = `UPDATE incidents SET state = 'resolved', resolved_at = $2, resolved_by = $3 WHERE id = $1`;
  await core.pool.query(text, [incidentId, core.clock.now(), actor]);
}

/** Asks the directory again who acts in a block that nobody was found for. The incident stays open while there is nobody. */
async function fillVacancy(
  core: Core,
  incidentId: string,
  incident: Pick<IncidentRow, 'case_id' | 'detail'>,
  by: { actor: string | null },
): Promise<Applied | null> {
  const { block: key, round } = incident.detail.event as { block: string; round: number };
  const caseId = incident.case_id as string;
  const { logic, snapshot, status } = await core.store.load(caseId);
  const live = snapshot.context.live[key];
  const block = logic.definition && blockByKey(logic.definition.template, key);
  let applied: Applied | null = null;
  if (
    status !== 'done' &&
    status !== 'cancelled' &&
    live?.round === round &&
    isVacant(live) &&
    block &&
    isHuman(block)
  ) {
    const found = core.directory({ who: block.who, context: snapshot.context, item: live.item }).flat();
    if (found.length === 0) return null;
    applied = await applyStep(core, { caseId, event: { type: 'reseat', block: key, round } });
  }
  await resolve(core, incidentId, by.actor);
  return applied;
}

/** Fills the vacancies for which somebody can be found by now. Returns how many. */
export async function fillVacancies(core: Core): Promise<number> {
  const { rows } = await core.pool.query<IncidentRow & { id: string }>(
    `SELECT i.id, i.case_id, i.detail FROM incidents i JOIN cases c ON c.id = i.case_id WHERE i.kind = 'vacancy' AND i.state = 'open' AND c.status <> 'suspended'`,
  );
  let filled = 0;
  for (const incident of rows) if (await fillVacancy(core, incident.id, incident, { actor: null })) filled += 1;
  return filled;
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
