import type { Json, JsonObject } from '../../workflows/json.ts';
import { transaction } from '../db/transaction.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { problem } from '../http/problem.ts';
import { type Core, startAll } from './core.ts';
import { recordIncident } from './incidents.ts';
import { addJobs } from './jobs.ts';
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

interface Participant {
  org_id: string;
  category: string;
}

interface Progress {
  started: number;
  total: number;
}

/**
 * Starts a cycle's own case and its participants' cases, a batch a transaction. What an interrupted launch has started stays;
 * a repeat starts the rest. A participant that cannot start is an incident and does not hold up the others, but the cycle is
 * not `running` before all have started.
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
  const cycleCase = uuidOf(cycleId, 'cycle');
  const common = { cycleId, ...(cycle.launched_by && { actor: cycle.launched_by }) };
  await startAll(core, [
    {
      ...common,
      id: cycleCase,
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
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows: next } = await core.pool.query<Participant>(
      'SELECT org_id, category FROM cycle_participants WHERE cycle_id = $1 AND case_id IS NULL AND org_id > $3 ORDER BY org_id LIMIT $2',
      [cycleId, batch, after],
    );
    after = next.at(-1)?.org_id ?? '';
    if (after === '') break;
    const starts: StartCase[] = [];
    for (const { org_id: orgId, category } of next) {
      const id = uuidOf(cycleId, orgId);
      try {
        const facts = { kind: 'participant', period, ...directory.participantFacts(orgId, category) };
        const title = `${facts.participant?.name ?? ''} · ${cycle.name}`;
        const input = { facts, data: {} } as unknown as JsonObject;
        starts.push({ ...common, id, kind: 'participant', orgId, title, definition, input });
      } catch (error) {
        const event = { type: 'start', id, title: cycle.name, cycleId };
        const at = core.clock.now().toISOString();
        await recordIncident(core.pool, { caseId: null, event, key: null, fired: null, error, at });
      }
    }
    const left = await startAll(core, starts);
    const started = starts.filter(({ id }) => !left.has(id));
    await core.pool.query(
      'UPDATE cycle_participants p SET case_id = s.id FROM unnest($2::uuid[], $3::uuid[]) AS s(org_id, id) WHERE p.cycle_id = $1 AND p.org_id = s.org_id',
      [cycleId, started.map(({ orgId }) => orgId), started.map(({ id }) => id)],
    );
    progress.started += started.length;
    onProgress?.({ ...progress });
  }
  if (await allStarted(core, cycleId, cycleCase)) core.jobSink?.({ task: 'gates.check', payload: { cycleId } });
  return progress;
}

/**
 * Makes the cycle `running` once all have started. Nobody meets before that, so in the same transaction it asks whether
 * everyone has already arrived somewhere.
 */
async function allStarted(core: Core, cycleId: string, cycleCase: string): Promise<boolean> {
  return transaction(core.pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE cycles SET status = 'running' WHERE id = $1 AND status = 'launching' AND EXISTS (SELECT FROM cases WHERE id = $2)
         AND NOT EXISTS (SELECT FROM cycle_participants WHERE cycle_id = $1 AND case_id IS NULL)`,
      [cycleId, cycleCase],
    );
    const running = rowCount === 1;
    if (running && !core.jobSink)
      await addJobs(client, [{ task: 'gates.check', payload: { cycleId } }], core.clock.now().toISOString());
    return running;
  });
}
