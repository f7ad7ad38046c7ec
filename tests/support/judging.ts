import { randomUUID } from 'node:crypto';
import { overPg } from '../../server/db/sql.ts';
import { transaction } from '../../server/db/transaction.ts';
import { type LightSummary, recordLights } from '../../server/lights/record.ts';
import { periodsOf } from '../../workflows/indicators/period.ts';
import type { Aggregation } from '../../workflows/indicators/schema.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { TestApi } from './api.ts';

export interface TestIndicator {
  code: string;
  direction?: 'up' | 'down' | 'band';
  aggregation?: Aggregation;
  target?: string;
  min?: string;
  max?: string;
  evidence?: boolean;
}

/** Assigns an indicator, counted monthly, with a value due every month. Gives its id. */
export const assignIndicator = async (
  { database: { pool } }: TestApi,
  { cycleId, orgId, year = 2026 }: { cycleId: string; orgId: string; year?: number },
  given: TestIndicator,
): Promise<string> => {
  const id = randomUUID();
  await pool.query(
    `INSERT INTO cycle_indicators (id, cycle_id, org_id, code, name, kind, unit, direction, frequency, aggregation, evidence_required, plausible_min, plausible_max)
     VALUES ($1, $2, $3, $4, $5, 'specific', '件', $6, 'month', $7, $8, $9, $10)`,
    [
      id,
      cycleId,
      orgId,
      given.code,
      `指标 ${given.code}`,
      given.direction ?? 'up',
      given.aggregation ?? 'last',
      given.evidence ?? false,
      given.min ?? null,
      given.max ?? null,
    ],
  );
  if (given.target !== undefined)
    await pool.query(
      `INSERT INTO indicator_targets (cycle_indicator_id, version, value, state, asked_at) VALUES ($1, 1, $2, 'approved', now())`,
      [id, given.target],
    );
  for (const { key, end } of periodsOf('month', year))
    await pool.query(
      `INSERT INTO indicator_values (cycle_indicator_id, period, ends_on, due_on) VALUES ($1, $2, $3, $3::date + 5)`,
      [id, key, end],
    );
  return id;
};

/** Reports, and verifies unless told otherwise. */
export const setValue = (
  { database: { pool } }: TestApi,
  id: string,
  period: string,
  reported: string,
  verified: string | null = reported,
) =>
  pool.query(
    `UPDATE indicator_values SET reported = $3, verified = $4, state = CASE WHEN $4::numeric IS NULL THEN 'reported' ELSE 'verified' END WHERE cycle_indicator_id = $1 AND period = $2`,
    [id, period, reported, verified],
  );

/** Judges a unit's month as the service of a `record` block does. */
export const judge = (
  api: TestApi,
  { cycleId, orgId, template }: { cycleId: string; orgId: string; template: CycleTemplate },
  month: number,
): Promise<LightSummary> => {
  const endsOn = periodsOf('month', 2026)[month - 1]?.end ?? '';
  return transaction(api.database.pool, (client) =>
    recordLights(overPg(client), {
      cycleId,
      orgId,
      endsOn,
      template,
      calendar: api.calendar.current(),
      at: api.clock.now().toISOString(),
    }),
  );
};
