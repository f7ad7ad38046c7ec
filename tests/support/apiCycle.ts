import { randomUUID } from 'node:crypto';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { TestApi } from './api.ts';

/** Publishes a template and launches a cycle of it with these units, each in its category; gives the case of each unit. */
export async function launchOn(
  api: TestApi,
  template: CycleTemplate,
  units: readonly { id: string; category: string | null }[],
  year = 2026,
): Promise<{ cycleId: string; caseOf: Map<string, string> }> {
  const { pool } = api.database;
  await pool.query(
    `INSERT INTO templates (key, version, status, content, updated_at) VALUES ($1, $2, 'published', $3, now()) ON CONFLICT DO NOTHING`,
    [template.key, template.version, JSON.stringify(template)],
  );
  const cycleId = randomUUID();
  await pool.query(
    `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, $2, $3, 'cycle', $4, 'launching', $5)`,
    [cycleId, template.key, template.version, year, api.clock.now()],
  );
  for (const { id, category } of units)
    await pool.query('INSERT INTO cycle_participants (cycle_id, org_id, category) VALUES ($1, $2, $3)', [
      cycleId,
      id,
      category,
    ]);
  await api.directory.reload();
  await api.engine.launchCycle(cycleId);
  const { rows } = await pool.query<{ org_id: string; case_id: string }>(
    'SELECT org_id, case_id FROM cycle_participants WHERE cycle_id = $1',
    [cycleId],
  );
  return { cycleId, caseOf: new Map(rows.map((row) => [row.org_id, row.case_id])) };
}
