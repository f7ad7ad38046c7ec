import type { ReportIndicator } from '../../workflows/report/data.ts';
import { YEARS } from '../../workflows/report/verdict.ts';
import type { Sql } from '../db/sql.ts';
import { earlierYearsOf } from '../indicators/years.ts';
import type { Scope } from './scope.ts';

/** The indicators of the units with their verified values and last light up to the end of the period, and the years before. */
export async function readIndicators(sql: Sql, { cycleId, cycle, units, until }: Scope): Promise<ReportIndicator[]> {
  const rows = await sql.query<Omit<ReportIndicator, 'years' | 'year'> & { id: string }>(
    `SELECT i.id::text, i.org_id::text AS org, i.code, json_build_object('zh', i.name, 'en', coalesce(i.name_en, i.name)) AS name, i.unit, i."group",
       i.direction, i.frequency, i.aggregation, trim_scale(t.value)::text AS target, trim_scale(coalesce(t.low, i.low))::text AS low,
       trim_scale(coalesce(t.high, i.high))::text AS high, coalesce(v.items, '[]') AS values, l.light
     FROM cycle_indicators i JOIN org_units o ON o.id = i.org_id
     LEFT JOIN LATERAL (SELECT value, low, high FROM indicator_targets t WHERE t.cycle_indicator_id = i.id AND t.state = 'approved'
       ORDER BY version DESC LIMIT 1) t ON TRUE
     LEFT JOIN LATERAL (SELECT json_agg(json_build_object('period', period, 'value', trim_scale(verified)::text) ORDER BY ends_on) AS items
       FROM indicator_values v WHERE v.cycle_indicator_id = i.id AND v.verified IS NOT NULL AND v.ends_on <= $3::date) v ON TRUE
     LEFT JOIN LATERAL (SELECT json_build_object('colour', colour, 'because', because) AS light FROM lights l
       WHERE l.cycle_indicator_id = i.id AND l.colour IS NOT NULL AND l.ends_on <= $3::date ORDER BY l.ends_on DESC, l.id DESC LIMIT 1) l ON TRUE
     WHERE i.cycle_id = $1::uuid AND i.applies AND i.parent_id IS NULL AND i.org_id = ANY($2::uuid[])
     ORDER BY array_position($2::uuid[], i.org_id), i.position, i.code`,
    [cycleId, units.map(({ id }) => id), until],
  );
  const years = await earlierYearsOf(
    sql,
    rows.map(({ id }) => id),
    YEARS,
  );
  return rows.map(({ id, ...row }) => ({ ...row, year: cycle.year, years: years.get(id) ?? [] }));
}
