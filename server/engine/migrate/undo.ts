import type { JsonObject } from '../../../workflows/json.ts';
import { transaction } from '../../db/transaction.ts';
import { problem } from '../../http/problem.ts';
import type { Core } from '../core.ts';
import { addJobs } from '../jobs.ts';
import { retried } from '../redate.ts';
import type { Queryable } from '../rows.ts';
import type { CaseKind, CaseStatus } from '../types.ts';
import { lastMove, readCycle } from './record.ts';
import type { MigratedCase, Migration } from './types.ts';
import { announce, type Before, put } from './write.ts';

/**
 * Takes the last move of a cycle back, all cases in one transaction: each stands again where it stood, with its tasks and
 * timers, as its record says.
 * @throws `migration.passed` when anything has happened since
 */
export const undoMigration = (core: Core, cycleId: string, by: { actor: string }): Promise<Migration> =>
  retried(() => undoOnce(core, cycleId, by));

async function undoOnce(core: Core, cycleId: string, { actor }: { actor: string }): Promise<Migration> {
  const cycle = await readCycle(core.pool, cycleId);
  const last = await lastMove(core.pool, cycleId);
  if (!last || last.state === 'undone') throw problem('migration.none');
  if (cycle.status !== 'running' && cycle.status !== 'suspended') throw problem('cycle.state', { state: cycle.status });
  const at = core.clock.now().toISOString();
  const rows = await transaction(core.pool, async (client) => {
    const locked = await client.query(`SELECT FROM cycle_migrations WHERE id = $1 AND state <> 'undone' FOR UPDATE`, [
      last.id,
    ]);
    if (locked.rowCount === 0) throw problem('migration.none');
    const { rows: found } = await client.query<UndoRow>(
      `SELECT c.id, c.kind, c.org_id, c.title, c.status, c.revision, c.blocks, e.seq, e.body FROM case_events e JOIN cases c ON c.id = e.case_id
       WHERE c.cycle_id = $1 AND e.type = 'migrate' AND e.body->'migrate'->>'id' = $2 ORDER BY c.id FOR UPDATE OF c`,
      [cycleId, last.id],
    );
    const passed = found.filter(({ revision, seq }) => revision !== seq);
    if (passed.length > 0)
      throw problem('migration.passed', {
        errors: passed.slice(0, 200).map(({ id, title }) => ({
          path: `cases.${id}`,
          message: { zh: `“${title}”此后已有新的进展`, en: `"${title}" has moved on since` },
        })),
      });
    for (const row of found) await putBack(core, client, row, last.id, actor, at);
    await client.query(`UPDATE cycle_migrations SET state = 'undone', ended_at = $2 WHERE id = $1`, [last.id, at]);
    await client.query('UPDATE cycles SET template_version = $2 WHERE id = $1', [cycleId, last.from_version]);
    if (!core.jobSink) await addJobs(client, [{ task: 'gates.check', payload: { cycleId } }], at);
    return found;
  });
  for (const row of rows) announce(core, cycleId, row, row.revision + 1, at, actor, 'unmigrate');
  core.jobSink?.({ task: 'gates.check', payload: { cycleId } });
  const cases = rows.map(
    ({ id, title, kind, status, blocks, body }): MigratedCase => ({
      caseId: id,
      title,
      kind,
      status,
      from: blocks,
      to: body.before.place.blocks,
      tasks: [],
      dates: [],
      unsafe: [],
    }),
  );
  return {
    id: last.id,
    from: last.to_version,
    to: last.from_version,
    state: 'undone',
    moved: rows.length,
    total: rows.length,
    cases,
  };
}

interface UndoRow {
  id: string;
  kind: CaseKind;
  org_id: string | null;
  title: string;
  status: CaseStatus;
  revision: number;
  blocks: string[];
  seq: number;
  body: { migrate: { id: string; from: string }; before: Before; renamed: [string, string][] };
}

const putBack = (core: Core, client: Queryable, row: UndoRow, id: string, actor: string, at: string): Promise<void> => {
  core.cache.delete(row.id);
  const { migrate, before, renamed } = row.body;
  return put(client, row, {
    hash: migrate.from,
    snapshot: JSON.stringify(before.snapshot),
    place: before.place,
    tasks: before.tasks,
    timers: before.timers,
    renamed: renamed.map(([old, key]) => [key, old] as const),
    event: { type: 'unmigrate', actor, body: { undo: { id }, events: [] } as unknown as JsonObject },
    at,
  });
};
