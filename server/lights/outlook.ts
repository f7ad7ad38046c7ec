import { Prisma } from '../../prisma/client/client.ts';
import { periodsOf } from '../../workflows/indicators/period.ts';
import type { Aggregation, Direction, Frequency } from '../../workflows/indicators/schema.ts';
import { aggregate } from '../../workflows/indicators/series.ts';
import type { Colour } from '../../workflows/lights/schema.ts';
import { growth } from '../../workflows/series/growth.ts';
import { targetMet } from '../../workflows/series/target.ts';
import { forecast, improving } from '../../workflows/series/trend.ts';
import type { Me } from '../auth/me.ts';
import { seesAll } from '../auth/policy.ts';
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
      AND ${seesAll(me) ? Prisma.sql`TRUE` : Prisma.sql`i.org_id = ANY(${me.sees}::uuid[])`}`);
  const row = rows[0];
  if (!row) throw problem('indicator.unknown');
  return outlookOf(row, await earlierYears(overPrisma(db), row.id, YEARS));
};

function outlookOf(row: Row, years: readonly EarlierYear[]) {
  const periods = periodsOf(row.frequency, row.year);
  const byPeriod = new Map(row.values.map(({ period, value }) => [period, value]));
  const own = periods.map(({ key }) => byPeriod.get(key) ?? null);
  // What counts at the end of a period: for a sum, all that has come in by then.
  const running = own.map((value, i) => (value === null ? null : aggregate(row.aggregation, own.slice(0, i + 1))));
  const known = own.filter((value) => value !== null);
  const sofar = aggregate(row.aggregation, known);
  const ahead = forecast(running, periods.length);
  const aim = { direction: row.direction, target: row.target, low: row.low, high: row.high };
  const colours = new Map(row.lights.map(({ period, colour }) => [period, colour]));
  const comparable = new Map(years.flatMap(({ year, value, breaks }) => (breaks.length > 0 ? [] : [[year, value]])));
  const before = Array.from({ length: YEARS }, (_, i) => comparable.get(row.year - YEARS + i) ?? null);
  return {
    indicator: { code: row.code, name: row.name },
    unit: row.unit,
    direction: row.direction,
    target: row.target,
    points: periods.map(({ key }, i) => ({
      period: key,
      value: own[i] ?? null,
      running: running[i] ?? null,
      colour: colours.get(key) ?? null,
    })),
    value: sofar,
    /** Null with fewer than three values. */
    forecast: ahead && { ...ahead, meets: targetMet(aim, ahead.value) },
    years: years.map(({ year, value, from }) => ({ year, value, from })),
    /** Years that do not compare with this one: they count neither for growth nor for the trend. */
    breaks: years.flatMap(({ year, breaks: by }) => (by.length > 0 ? [{ year, by }] : [])),
    growth: growth(sofar, comparable.get(row.year - 1) ?? null),
    improving: improving(row.direction, sofar, before),
  };
}
