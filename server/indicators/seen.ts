import { readFormula } from '../../workflows/indicators/formula.ts';
import { periodOf } from '../../workflows/indicators/period.ts';
import { isSeen, type Seen } from '../../workflows/indicators/seen.ts';
import type { Sql } from '../db/sql.ts';

/** Figures by indicator (its id) and period. */
export type SeenFigures = ReadonlyMap<string, Readonly<Record<Seen, string | null>>>;

export const seenKey = (id: string, period: string): string => `${id} ${period}`;

interface Asked {
  id: string;
  org_id: string;
  code: string;
  formula: string | null;
}

const asksFor = ({ formula }: Pick<Asked, 'formula'>): boolean =>
  formula !== null && readFormula(formula).names.some(isSeen);

/**
 * What citizens and observers saw of these indicators, period by period, where their formulas ask for it. Of a period that is not
 * over nothing is known. One statement for all.
 */
export async function readSeen(
  sql: Sql,
  indicators: readonly Asked[],
  periodsOf: (id: string) => readonly string[],
  at: string,
): Promise<SeenFigures> {
  const asked = indicators.filter(asksFor).flatMap(({ id, org_id: org, code }) =>
    periodsOf(id).flatMap((key) => {
      const period = periodOf(key);
      return period ? [{ id, org, code, period: key, from: period.start, until: period.end }] : [];
    }),
  );
  if (asked.length === 0) return new Map();
  const rows = await sql.query<{ id: string; period: string } & Record<Seen, string | null>>(
    `SELECT a.id::text, a.period, c.received AS "complaints.received", c.solved AS "complaints.solved", c.in_time AS "complaints.inTime",
       o.n AS "observations.n", o.mean AS "observations.mean"
     FROM json_to_recordset($1::json) AS a(id uuid, org uuid, code text, period text, "from" date, until date)
     CROSS JOIN LATERAL (
       SELECT count(*)::text AS received, (count(*) FILTER (WHERE state = 'solved'))::text AS solved,
         (count(*) FILTER (WHERE state = 'solved' AND solved_at <= due_at AND level = 'unit'))::text AS in_time
       FROM complaints WHERE org_id = a.org AND indicator_code = a.code
         AND received_at >= a."from"::timestamp AT TIME ZONE 'Asia/Shanghai' AND received_at < (a.until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
     ) c
     CROSS JOIN LATERAL (
       SELECT count(x.value)::text AS n, trim_scale(avg(x.value))::text AS mean
       FROM observation_points p JOIN observations x ON x.point_id = p.id AND x.day BETWEEN a."from" AND a.until
       WHERE p.org_id = a.org AND p.indicator_code = a.code
     ) o
     WHERE a.until <= ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date`,
    [JSON.stringify(asked), at],
  );
  return new Map(rows.map(({ id, period, ...figures }) => [seenKey(id, period), figures]));
}
