import { Prisma } from '../../prisma/client/client.ts';
import type { Aggregation, Direction, Frequency } from '../../workflows/indicators/schema.ts';
import type { Colour } from '../../workflows/lights/schema.ts';
import { outlookOf } from '../../workflows/series/outlook.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { type EarlierYear, earlierYears } from '../indicators/years.ts';

interface Row {
  id: string;
  code: string;
  name: string;
  unit: string;
  direction: Direction;
  frequency: Frequency;
  aggregation: Aggregation;
  year: number;
  target: string | null;
  low: string | null;
  high: string | null;
  values: { period: string; value: string | null }[];
  lights: { period: string; colour: Colour | null }[];
}

/** How many years a trend looks back. */
const YEARS = 5;

/**
 * Where an indicator of a unit is heading: its values, what they come to by the end of the year if they go on along a straight line (with the
 * 95 % prediction interval), and how the year compares with those before it: earlier cycles, and history from before them.
 */
export const readOutlook = async (
  db: Database,
  cycleId: string,
  { org, code }: { org: string; code: string },
  me: Me,
) => {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT i.id, i.code, i.name, i.unit, i.direction, i.frequency, i.aggregation, y.year,
      trim_scale(t.value)::text AS target, trim_scale(coalesce(t.low, i.low))::text AS low, trim_scale(coalesce(t.high, i.high))::text AS high,
      coalesce((SELECT json_agg(json_build_object('period', v.period, 'value', trim_scale(coalesce(v.verified, v.reported))::text) ORDER BY v.ends_on)
        FROM indicator_values v WHERE v.cycle_indicator_id = i.id), '[]') AS values,
      coalesce((SELECT json_agg(json_build_object('period', l.period, 'colour', l.colour)) FROM (
        SELECT DISTINCT ON (ends_on) period, colour FROM lights WHERE cycle_indicator_id = i.id ORDER BY ends_on, id DESC) l), '[]') AS lights
    FROM cycle_indicators i JOIN cycles y ON y.id = i.cycle_id
    LEFT JOIN LATERAL (SELECT value, low, high FROM indicator_targets t
      WHERE t.cycle_indicator_id = i.id AND t.state = 'approved' ORDER BY t.version DESC LIMIT 1) t ON TRUE
    WHERE i.cycle_id = ${cycleId}::uuid AND i.org_id = ${org}::uuid AND i.code = ${code}
      AND ${allowed(me, 'read', 'Light', 'i')}`);
  const row = rows[0];
  if (!row) throw problem('indicator.unknown');
  return present(row, await earlierYears(overPrisma(db), row.id, YEARS));
};

const present = (row: Row, years: readonly EarlierYear[]) => {
  const { points, breaks, ...course } = outlookOf({ ...row, years }, YEARS);
  const colours = new Map(row.lights.map(({ period, colour }) => [period, colour]));
  return {
    indicator: { code: row.code, name: row.name },
    unit: row.unit,
    direction: row.direction,
    target: row.target,
    points: points.map((point) => ({ ...point, colour: colours.get(point.period) ?? null })),
    ...course,
    years: years.map(({ year, value, from }) => ({ year, value, from })),
    breaks: breaks.map(({ year, breaks: by }) => ({ year, by })),
  };
};
