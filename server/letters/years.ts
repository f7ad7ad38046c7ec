import type pg from 'pg';
import type { IndicatorYears } from '../../workflows/letter/trends.ts';
import { FIGURES } from '../indicators/score.ts';

/**
 * The indicators of a participant with what they came to: this year, in earlier cycles of the same template, and in the history that was
 * brought in. Of a year that has both, the cycle's.
 */
export async function indicatorYears(pool: Pick<pg.Pool, 'query'>, caseId: string): Promise<IndicatorYears[]> {
  const { rows } = await pool.query<IndicatorYears>(
    `WITH own AS (
       SELECT c.*, target.value AS target, coalesce(target.low, c.low) AS target_low, coalesce(target.high, c.high) AS target_high, actual.value AS actual
       FROM cycle_indicators c ${FIGURES} WHERE c.case_id = $1::uuid AND c.applies AND c.org_id = (SELECT org_id FROM cases WHERE id = $1::uuid)
     )
     SELECT o.code, json_build_object('zh', o.name, 'en', coalesce(o.name_en, o.name)) AS name, o.unit, o.direction, trim_scale(o.target)::text AS target,
       trim_scale(o.target_low)::text AS low, trim_scale(o.target_high)::text AS high, trim_scale(round(o.actual, 12))::text AS actual,
       coalesce((SELECT json_agg(json_build_object('year', y.year, 'value', trim_scale(round(y.value, 12))::text) ORDER BY y.year) FROM (
         SELECT DISTINCT ON (year) year, value FROM (
           SELECT earlier.year, actual.value, 1 AS part FROM cycles now JOIN cycles earlier ON earlier.template_key = now.template_key AND earlier.year < now.year
           JOIN cycle_indicators c ON c.cycle_id = earlier.id AND c.org_id = o.org_id AND c.code = o.code ${FIGURES}
           WHERE now.id = o.cycle_id AND earlier.status <> 'cancelled' AND actual.value IS NOT NULL
           UNION ALL
           SELECT h.year, h.value, 2 FROM indicator_history h JOIN cycles now ON now.id = o.cycle_id
           WHERE h.org_id = o.org_id AND h.code = o.code AND h.year < now.year
         ) every ORDER BY year, part) y), '[]') AS years
     FROM own o ORDER BY o.position, o.code`,
    [caseId],
  );
  return rows;
}
