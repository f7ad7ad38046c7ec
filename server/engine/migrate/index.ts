import { type Mapping, mappingErrors } from '../../../workflows/machine/migrate.ts';
import { problem } from '../../http/problem.ts';
import type { Core } from '../core.ts';
import { retried } from '../redate.ts';
import { moveGroup } from './group.ts';
import { groupsOf, plan, tell, unsafeProblem, withMeetings } from './plan.ts';
import { begin, end, idsOf, lastMove, readCycle, runningMove, templatesOf } from './record.ts';
import { withScores } from './scored.ts';
import type { MigratedCase, MigrateOptions, Migration } from './types.ts';

export type { MigratedCase, MigrateOptions, Migration } from './types.ts';
export { undoMigration } from './undo.ts';

/**
 * Moves a running cycle to a newer version of its template: its own case, its participants' and their items'. All of them can
 * be moved or none is. Then each participant goes with its items in one transaction; meetings wait until all have gone. What
 * an interrupted run has moved stays; a repeat moves the rest.
 */
export async function migrateCycle(core: Core, cycleId: string, options: MigrateOptions): Promise<Migration> {
  const { version, actor, dryRun = false, onProgress } = options;
  const cycle = await readCycle(core.pool, cycleId);
  const running = await runningMove(core.pool, cycleId);
  const mapping = running?.mapping ?? options.mapping ?? {};
  if (running && (running.to_version !== version || (options.mapping && !same(options.mapping, running.mapping))))
    throw problem('migration.running', { to: running.to_version });
  if (!running && cycle.template_version === version && !dryRun) {
    const last = await lastMove(core.pool, cycleId);
    if (last?.state === 'done' && last.to_version === version) {
      const total = (await idsOf(core.pool, cycleId)).length;
      return { id: last.id, from: last.from_version, to: version, state: 'done', moved: total, total, cases: [] };
    }
  }
  if (cycle.status !== 'running' && cycle.status !== 'suspended') throw problem('cycle.state', { state: cycle.status });
  const { from, to } = await templatesOf(core.pool, cycle, version);
  const wrong = mappingErrors(from, to, mapping);
  if (wrong.length > 0)
    throw problem('input.invalid', {
      errors: wrong.map(({ key, text }) => ({ path: `mapping.${key}`, message: text })),
    });

  const all = await idsOf(core.pool, cycleId);
  const planned = await plan(core, core.pool, all, to, mapping);
  const cases = await withScores(core.pool, cycleId, await withMeetings(core, cycleId, planned, to), to);
  const state = { from: from.version, to: version, total: all.length, cases: cases.map(tell) };
  const moved = all.length - planned.length;
  if (dryRun) return { id: running?.id ?? null, ...state, state: 'planned', moved };
  const unsafe = cases.filter((one) => one.unsafe.length > 0);
  if (unsafe.length > 0 && !running) throw unsafeProblem(unsafe);

  const id = running?.id ?? (await begin(core, cycleId, cycle, version, mapping, actor));
  const progress = { moved, total: all.length };
  const left: MigratedCase[] = [];
  for (const group of groupsOf(planned)) {
    const refused = await retried(() => moveGroup(core, group, { id, to, mapping, actor, cycleId }));
    if (refused) left.push(...refused.map(tell));
    else progress.moved += group.length;
    onProgress?.({ ...progress });
    if (refused && group.some(({ row }) => row.kind === 'cycle')) break;
  }
  if (left.length > 0) return { id, ...state, cases: left, state: 'running', moved: progress.moved };
  await end(core, id, cycleId, version);
  const last = await lastMove(core.pool, cycleId);
  return { id, ...state, state: last?.state ?? 'done', moved: progress.moved };
}

const same = (a: Mapping, b: Mapping) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
