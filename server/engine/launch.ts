import type { Json, JsonObject } from '../../workflows/json.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { problem } from '../http/problem.ts';
import { type Core, startAll } from './core.ts';
import { uuidOf } from './logic.ts';
import type { StartCase } from './types.ts';

interface CycleRow {
  id: string;
  name: string;
  year: number;
  status: string;
  launched_by: string | null;
  content: Json;
}

interface Progress {
  started: number;
  total: number;
}

/**
 * Starts a cycle's own case and its participants' cases, a batch a transaction. What an interrupted launch has started stays;
 * a repeat starts the rest.
 */
export async function launchCycle(
  core: Core,
  directory: LiveDirectory,
  cycleId: string,
  { batch = 100, onProgress }: { batch?: number; onProgress?: (progress: Progress) => void } = {},
): Promise<Progress> {
  const { rows } = await core.pool.query<CycleRow>(
    'SELECT c.id, c.name, c.year, c.status, c.launched_by, t.content FROM cycles c JOIN templates t ON t.key = c.template_key AND t.version = c.template_version WHERE c.id = $1',
    [cycleId],
  );
  const cycle = rows[0];
  if (!cycle) throw problem('cycle.unknown', { cycleId });
  const period = { year: cycle.year, start: `${cycle.year}-01-01`, end: `${cycle.year}-12-31` };
  const common = { cycleId, ...(cycle.launched_by && { actor: cycle.launched_by }) };
  await startAll(core, [
    {
      ...common,
      id: uuidOf(cycleId, 'cycle'),
      kind: 'cycle',
      title: cycle.name,
      definition: { template: cycle.content, track: { kind: 'cycle' } },
      input: { facts: { kind: 'cycle', period }, data: {} },
    },
  ]);
  const definition: Json = { template: cycle.content, track: { kind: 'participant' } };
  const total = await core.pool.query<{ n: number; started: number }>(
    'SELECT count(*)::int AS n, count(case_id)::int AS started FROM cycle_participants WHERE cycle_id = $1',
    [cycleId],
  );
  const progress = { started: total.rows[0]?.started ?? 0, total: total.rows[0]?.n ?? 0 };
  for (;;) {
    const next = await core.pool.query<{ org_id: string; category: string }>(
      'SELECT org_id, category FROM cycle_participants WHERE cycle_id = $1 AND case_id IS NULL ORDER BY org_id LIMIT $2',
      [cycleId, batch],
    );
    if (next.rows.length === 0) break;
    const starts = next.rows.map(({ org_id: orgId, category }): StartCase => {
      const facts = { kind: 'participant', period, ...directory.participantFacts(orgId, category) };
      const title = `${facts.participant?.name ?? ''} · ${cycle.name}`;
      return {
        ...common,
        id: uuidOf(cycleId, orgId),
        kind: 'participant',
        orgId,
        title,
        definition,
        input: { facts, data: {} } as unknown as JsonObject,
      };
    });
    await startAll(core, starts);
    await core.pool.query(
      'UPDATE cycle_participants p SET case_id = s.id FROM unnest($2::uuid[], $3::uuid[]) AS s(org_id, id) WHERE p.cycle_id = $1 AND p.org_id = s.org_id',
      [cycleId, next.rows.map((row) => row.org_id), starts.map((start) => start.id)],
    );
    progress.started += starts.length;
    onProgress?.({ ...progress });
  }
  await core.pool.query(`UPDATE cycles SET status = 'running' WHERE id = $1 AND status = 'launching'`, [cycleId]);
  return progress;
}
