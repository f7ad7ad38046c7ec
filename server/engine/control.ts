import { shiftFrozen } from '../../workflows/calendar/resolve.ts';
import { transaction } from '../db/transaction.ts';
import { problem } from '../http/problem.ts';
import { applyStep, type Core, unavailable } from './core.ts';
import { addJobs, wakeJobs } from './jobs.ts';
import { answeredBefore } from './keys.ts';
import type { Applied, Control, Job } from './types.ts';
import { whence } from './whence.ts';

type Verb = 'suspend' | 'resume';

interface CaseRow {
  status: string;
  revision: number;
  cycle_id: string | null;
  org_id: string | null;
}

/** Stops or restarts a case's clock, with those of its items. The machine does not move; the record says who, when and why. */
export async function control(core: Core, caseId: string, verb: Verb, by: Control): Promise<Applied> {
  const applied = await core.inOrder(caseId, () => controlOne(core, caseId, verb, by));
  const { rows } = await core.pool.query<{ id: string }>(
    'SELECT id FROM cases WHERE parent_id = $1 AND status = $2 AND kind = $3',
    [caseId, verb === 'suspend' ? 'active' : 'suspended', 'item'],
  );
  const { key: _key, ...withoutKey } = by;
  for (const { id } of rows) await control(core, id, verb, withoutKey);
  return applied;
}

async function controlOne(core: Core, caseId: string, verb: Verb, by: Control): Promise<Applied> {
  const at = core.clock.now().toISOString();
  const asked = { type: verb, actor: by.actor, reason: by.reason };
  core.cache.delete(caseId);
  const first = by.key === undefined ? null : await answeredBefore(core.pool, caseId, by.key, asked);
  if (first) return first;
  const jobs: Job[] = [];
  const body = JSON.stringify({ asked, events: [] });
  const { request, address } = whence();
  const [from, to] = verb === 'suspend' ? (['active', 'suspended'] as const) : (['suspended', 'active'] as const);
  const now = await transaction(core.pool, async (client) => {
    const { rows } = await client.query<CaseRow>(
      'SELECT status, revision, cycle_id, org_id FROM cases WHERE id = $1 FOR UPDATE',
      [caseId],
    );
    const found = rows[0];
    if (!found) throw problem('case.unknown', { caseId });
    if (found.status === 'done' || found.status === 'cancelled')
      throw problem('case.finished', { caseId, state: found.status });
    if (found.status !== from)
      throw problem('event.refused', { allowed: verb === 'suspend' ? 'resume, cancel' : 'suspend, cancel' });
    await client.query('UPDATE cases SET status = $2, revision = revision + 1, updated_at = $3 WHERE id = $1', [
      caseId,
      to,
      at,
    ]);
    await client.query(
      'INSERT INTO case_events (case_id, seq, at, type, actor, key, body, request, address) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [caseId, found.revision + 1, at, verb, by.actor, by.key ?? null, body, request, address],
    );
    if (verb === 'suspend')
      await client.query('UPDATE timers SET frozen_at = $2 WHERE case_id = $1 AND frozen_at IS NULL', [caseId, at]);
    else jobs.push(...(await thaw(core, client, caseId, at)));
    // Others may have waited for this case, or it for them, while it stood still.
    if (verb === 'resume' && found.cycle_id)
      jobs.push({ task: 'gates.check' as const, payload: { cycleId: found.cycle_id } });
    if (!core.jobSink) await addJobs(client, jobs.splice(0), at);
    return found;
  }).catch((error: unknown) => unavailable(core, caseId, error));
  const applied: Applied = {
    caseId,
    revision: now.revision + 1,
    status: to,
    repeated: false,
    opened: [],
    closed: [],
  };
  core.emit({
    caseId,
    cycleId: now.cycle_id,
    orgId: now.org_id,
    revision: applied.revision,
    at,
    people: [by.actor],
    event: { type: verb },
    opened: [],
    closed: [],
    status: to,
  });
  for (const job of jobs) core.jobSink?.(job);
  return applied;
}

/** Re-dates the timers and deadlines of a case by the working days that its clock stood still. Returns the jobs that wake those that are near. */
async function thaw(core: Core, client: { query: Core['pool']['query'] }, caseId: string, at: string): Promise<Job[]> {
  const calendar = core.calendar();
  const { rows } = await client.query<{ scope: string; rung: number; due_at: Date; frozen_at: Date }>(
    'SELECT scope, rung, due_at, frozen_at FROM timers WHERE case_id = $1 AND frozen_at IS NOT NULL',
    [caseId],
  );
  const dueAts: string[] = [];
  for (const row of rows) {
    const due = shiftFrozen(row.due_at.toISOString(), row.frozen_at.toISOString(), at, calendar);
    await client.query(
      'UPDATE timers SET due_at = $4, frozen_at = NULL, provisional = provisional OR $5 WHERE case_id = $1 AND scope = $2 AND rung = $3',
      [caseId, row.scope, row.rung, due, calendar.dayOf(due) > calendar.knownUntil],
    );
    dueAts.push(due);
  }
  const jobs = wakeJobs(dueAts, at);
  const since = await client.query<{ at: Date }>(
    `SELECT at FROM case_events WHERE case_id = $1 AND type = 'suspend' ORDER BY seq DESC LIMIT 1`,
    [caseId],
  );
  const frozenAt = since.rows[0]?.at.toISOString();
  if (frozenAt === undefined) return jobs;
  const open = await client.query<{ seat: number; due_at: Date }>(
    `SELECT seat, due_at FROM tasks WHERE case_id = $1 AND state = 'open' AND due_at IS NOT NULL`,
    [caseId],
  );
  for (const task of open.rows) {
    const due = shiftFrozen(task.due_at.toISOString(), frozenAt, at, calendar);
    await client.query(
      'UPDATE tasks SET due_at = $3, provisional = provisional OR $4 WHERE case_id = $1 AND seat = $2',
      [caseId, task.seat, due, calendar.dayOf(due) > calendar.knownUntil],
    );
  }
  return jobs;
}

/** Ends a case for good. Its open tasks, timers and items go with it. */
export const cancel = (core: Core, caseId: string, by: Control): Promise<Applied> =>
  applyStep(core, {
    caseId,
    event: { type: 'cancel', actor: by.actor, reason: by.reason },
    ...(by.key !== undefined && { key: by.key }),
  });
