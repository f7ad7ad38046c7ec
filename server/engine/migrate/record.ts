import { v7 as uuidv7 } from 'uuid';
import type { Mapping } from '../../../workflows/machine/migrate.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { problem } from '../../http/problem.ts';
import type { Core } from '../core.ts';
import { checkGates } from '../gates.ts';
import type { Queryable } from '../rows.ts';

export interface CycleRow {
  status: string;
  template_key: string;
  template_version: number;
}

export async function readCycle(db: Queryable, cycleId: string): Promise<CycleRow> {
  const { rows } = await db.query<CycleRow>('SELECT status, template_key, template_version FROM cycles WHERE id = $1', [
    cycleId,
  ]);
  if (!rows[0]) throw problem('cycle.unknown');
  return rows[0];
}

export interface MoveRow {
  id: string;
  from_version: number;
  to_version: number;
  mapping: Mapping;
  state: 'running' | 'done' | 'undone';
}

export async function lastMove(db: Queryable, cycleId: string): Promise<MoveRow | undefined> {
  const { rows } = await db.query<MoveRow>(
    'SELECT id, from_version, to_version, mapping, state FROM cycle_migrations WHERE cycle_id = $1 ORDER BY id DESC LIMIT 1',
    [cycleId],
  );
  return rows[0];
}

export const runningMove = async (db: Queryable, cycleId: string): Promise<MoveRow | undefined> => {
  const last = await lastMove(db, cycleId);
  return last?.state === 'running' ? last : undefined;
};

/** The version that a cycle runs and the one that it is to run: a newer one, published. */
export async function templatesOf(
  db: Queryable,
  { template_key: key, template_version: current }: CycleRow,
  version: number,
) {
  const { rows } = await db.query<{ version: number; status: string; content: CycleTemplate }>(
    'SELECT version, status, content FROM templates WHERE key = $1 AND version = ANY($2)',
    [key, [current, version]],
  );
  const from = rows.find((row) => row.version === current);
  const to = rows.find((row) => row.version === version);
  if (!from || !to) throw problem('template.unknown', { key });
  if (version <= current) throw problem('migration.version', { version, current });
  if (to.status !== 'published') throw problem('template.draft');
  return { from: from.content, to: to.content };
}

/** The running cases of a cycle. */
export async function idsOf(db: Queryable, cycleId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM cases WHERE cycle_id = $1 AND status IN ('active', 'suspended') ORDER BY id`,
    [cycleId],
  );
  return rows.map(({ id }) => id);
}

export async function begin(
  core: Core,
  cycleId: string,
  { template_version: from }: CycleRow,
  to: number,
  mapping: Mapping,
  actor: string,
): Promise<string> {
  const id = uuidv7();
  const { rowCount } = await core.pool.query(
    `WITH c AS (SELECT id FROM cycles WHERE id = $2 AND template_version = $3 FOR UPDATE)
     INSERT INTO cycle_migrations (id, cycle_id, from_version, to_version, mapping, state, started_at, started_by)
     SELECT $1, c.id, $3, $4, $5, 'running', $6, $7 FROM c
     WHERE NOT EXISTS (SELECT FROM cycle_migrations m WHERE m.cycle_id = $2 AND m.state = 'running')`,
    [id, cycleId, from, to, JSON.stringify(mapping), core.clock.now(), actor],
  );
  if (rowCount === 0) throw problem('migration.running', { to });
  return id;
}

export async function end(core: Core, id: string, cycleId: string, version: number): Promise<void> {
  const at = core.clock.now().toISOString();
  await core.pool.query(
    `WITH m AS (UPDATE cycle_migrations SET state = 'done', ended_at = $3 WHERE id = $1 AND state = 'running' RETURNING cycle_id)
     UPDATE cycles SET template_version = $4 FROM m WHERE cycles.id = m.cycle_id AND cycles.id = $2`,
    [id, cycleId, at, version],
  );
  await checkGates(core, cycleId);
}
