import type pg from 'pg';

import type { JsonObject } from '../../workflows/json.ts';
import type { Given } from '../forms/given.ts';
import type { Database } from '../http/deps.ts';
import { FORMER_ITEMS } from './register.ts';

interface Row {
  code: string;
  problem: string;
  advice: string | null;
  source: string;
  severity: string | null;
  indicator: string | null;
  former: string | null;
  former_measure: string | null;
}

/**
 * What a unit ($2) has to plan for in a cycle ($1): findings that nobody has dealt with, items of this cycle that have not ended or
 * were left open by an earlier loop of it, and what earlier cycles left.
 */
const PROBLEMS = `
  WITH former AS (${FORMER_ITEMS})
  SELECT 1 AS part, f.number AS place, 'F' || f.number AS code, f.what AS problem, f.advice, f.source, f.severity, f.indicator_code AS indicator,
    NULL AS former, NULL AS former_measure
  FROM findings f WHERE f.cycle_id = $1 AND f.org_id = $2 AND f.state = 'open'
  UNION ALL
  SELECT 2, 0, r.code, r.problem, NULL, r.source, NULL, r.indicator_code, y.name, old.measure
  FROM rectification_items r LEFT JOIN rectification_items old ON old.id = r.carried_from LEFT JOIN cycles y ON y.id = old.cycle_id
  WHERE r.cycle_id = $1 AND r.org_id = $2 AND r.state <> 'closed'
  UNION ALL
  SELECT 3, 0, as_code, problem, NULL, 'mustCheck', NULL, indicator_code, cycle_name, measure
  FROM former WHERE NOT EXISTS (SELECT FROM rectification_items r WHERE r.cycle_id = $1 AND r.org_id = $2 AND r.carried_from = former.id)
  ORDER BY part, place, code`;

/** Prisma's form of a statement with two ids. */
const ask = <T>(db: Database, text: string, cycleId: string, orgId: string): Promise<T[]> =>
  db.$queryRawUnsafe<T[]>(text.replaceAll('$1', '$1::uuid').replaceAll('$2', '$2::uuid'), cycleId, orgId);

/** How many problems wait for a plan. */
export const countProblems = async (
  pool: pg.Pool,
  { cycleId, orgId }: { cycleId: string; orgId: string },
): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM (${PROBLEMS}) p`, [cycleId, orgId]);
  return rows[0]?.n ?? 0;
};

/** The rows of a table with `source: 'problems'`. */
export const problems: Given = async ({ db, cycleId, orgId }) => {
  const rows = await ask<Row>(db, PROBLEMS, cycleId, orgId);
  return rows.map(
    ({ former_measure: formerMeasure, ...row }): JsonObject => ({ ...row, formerMeasure, name: row.problem }),
  );
};

/** The rows of a table with `source: 'mustCheck'`: what earlier cycles left open, or want to see again. */
export const mustCheck: Given = async ({ db, cycleId, orgId }) => {
  const rows = await ask<{
    as_code: string;
    problem: string;
    indicator_code: string | null;
    cycle_name: string;
    measure: string | null;
    state: string;
  }>(db, `SELECT * FROM (${FORMER_ITEMS}) f ORDER BY as_code`, cycleId, orgId);
  return rows.map(
    ({ as_code: code, problem, indicator_code: indicator, cycle_name: former, measure: formerMeasure, state }) => ({
      code,
      problem,
      name: problem,
      indicator,
      former,
      formerMeasure,
      formerState: state,
    }),
  );
};
