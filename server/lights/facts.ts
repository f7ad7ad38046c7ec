import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { accumulates, grows } from '../../workflows/indicators/course.ts';
import type { Aggregation, Direction } from '../../workflows/indicators/schema.ts';
import { aggregate } from '../../workflows/indicators/series.ts';
import { achieved, evenly, type LightFacts } from '../../workflows/lights/measure.ts';
import type { Colour, LightScheme } from '../../workflows/lights/schema.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import type { FlagFacts } from '../../workflows/series/flags.ts';
import type { Sql } from '../db/sql.ts';
import { BY_HAND } from '../indicators/byHand.ts';

/** Everything that stands in rows about one indicator of a unit, for the period that ends on a day. */
export interface Standing {
  id: string;
  code: string;
  name: string;
  name_en: string | null;
  case_id: string | null;
  direction: Direction;
  low: string | null;
  high: string | null;
  aggregation: Aggregation;
  evidence_required: boolean;
  plausible_min: string | null;
  plausible_max: string | null;
  start_on: string | null;
  due_on: string | null;
  year: number;
  period: string;
  ends_on: string;
  report_by: string;
  reported: string | null;
  verified: string | null;
  /** Submitted in a task and not verified yet. */
  pending: boolean;
  /** Somebody is to report it; nothing computes it. */
  by_hand: boolean;
  evidence: number;
  target: string | null;
  target_low: string | null;
  target_high: string | null;
  idle: string | null;
  /** Earlier periods of the year, oldest first. */
  earlier: (string | null)[];
  milestones: { due: string; done: string | null }[];
  history: { period: string; colour: Colour | null }[];
  others: { name: string; value: string | null }[];
}

const STANDINGS = `
  SELECT c.id::text, c.code, c.name, c.name_en, coalesce(c.case_id, p.case_id)::text AS case_id, c.direction, c.low::text, c.high::text, c.aggregation,
    c.evidence_required, c.plausible_min::text, c.plausible_max::text, c.start_on::text, c.due_on::text, y.year,
    v.period, v.ends_on::text, v.due_on::text AS report_by, trim_scale(v.reported)::text AS reported, trim_scale(v.verified)::text AS verified,
    (v.state = 'reported' AND v.source = 'task') AS pending, ${BY_HAND} AS by_hand, json_array_length(v.evidence) AS evidence,
    trim_scale(t.value)::text AS target, trim_scale(t.low)::text AS target_low, trim_scale(t.high)::text AS target_high, trim_scale(f.idle)::text AS idle,
    coalesce((SELECT json_agg(trim_scale(coalesce(e.verified, e.reported))::text ORDER BY e.ends_on)
      FROM indicator_values e WHERE e.cycle_indicator_id = c.id AND e.ends_on < v.ends_on), '[]') AS earlier,
    coalesce((SELECT json_agg(json_build_object('due', m.due_on, 'done', m.done_on) ORDER BY m.position)
      FROM milestones m WHERE m.cycle_indicator_id = c.id), '[]') AS milestones,
    coalesce((SELECT json_agg(json_build_object('period', h.period, 'colour', h.colour) ORDER BY h.ends_on) FROM (
      SELECT DISTINCT ON (l.ends_on) l.period, l.ends_on, l.colour FROM lights l
      WHERE l.cycle_indicator_id = c.id AND l.ends_on < v.ends_on ORDER BY l.ends_on, l.id DESC) h), '[]') AS history,
    CASE WHEN $4::boolean THEN coalesce((SELECT json_agg(json_build_object('name', o.name, 'value', trim_scale(coalesce(w.verified, w.reported))::text) ORDER BY o.code)
      FROM cycle_indicators j JOIN indicator_values w ON w.cycle_indicator_id = j.id AND w.period = v.period JOIN org_units o ON o.id = j.org_id
      WHERE j.cycle_id = c.cycle_id AND j.code = c.code AND j.org_id <> c.org_id AND j.applies), '[]') ELSE '[]' END AS others
  FROM cycle_indicators c JOIN cycles y ON y.id = c.cycle_id JOIN indicator_values v ON v.cycle_indicator_id = c.id AND v.ends_on = $3::date
  LEFT JOIN cycle_participants p ON p.cycle_id = c.cycle_id AND p.org_id = c.org_id
  LEFT JOIN audit_figures f ON f.cycle_indicator_id = c.id AND f.period = v.period
  LEFT JOIN LATERAL (SELECT value, low, high FROM indicator_targets t
    WHERE t.cycle_indicator_id = c.id AND t.state = 'approved' ORDER BY t.version DESC LIMIT 1) t ON TRUE
  WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies
  ORDER BY c.position, c.code`;

/** What stands in rows about a unit's indicators; other units' values only where a rule compares with them. */
export const readStandings = (
  sql: Sql,
  { cycleId, orgId, endsOn, others }: { cycleId: string; orgId: string; endsOn: string; others: boolean },
): Promise<Standing[]> => sql.query<Standing>(STANDINGS, [cycleId, orgId, endsOn, others]);

/** The value that counts: what was verified, else what was reported. */
export const counted = ({ verified, reported }: Pick<Standing, 'verified' | 'reported'>): string | null =>
  verified ?? reported;

/** Whether something can be said of an indicator now: a value stands that nobody is verifying in a case, or none came in time. */
export const isSettled = (row: Standing, today: string): boolean =>
  counted(row) === null ? row.by_hand && row.report_by < today : !row.pending;

/**
 * What the light rules look at. Progress is that of the milestones where there are any. Else, of what grows over the year, the share of
 * the target that the values up to the period make, against the schedule; of a level, how far it is met, against all of it on any day; of
 * a limit for the year, 100 less the points by which more of it is used than of the time.
 */
export function lightFacts(
  scheme: LightScheme,
  row: Standing,
  unit: readonly Standing[],
  { calendar, at }: { calendar: Calendar; at: string },
): LightFacts {
  const value = counted(row);
  const whole = value === null ? null : aggregate(row.aggregation, [...row.earlier, value]);
  const start = row.start_on ?? `${row.year}-01-01`;
  const due = row.due_on ?? `${row.year}-12-31`;
  const passed = evenly(start, due, row.ends_on);
  const dated = row.milestones.length > 0;
  const level = !dated && !grows(row);
  const linear = scheme.schedule === 'linear' && !level ? passed : undefined;
  const planned = dated ? shareOf(row, ({ due: day }) => day <= row.ends_on) : linear;
  const [low, high] = [row.target_low ?? row.low, row.target_high ?? row.high];
  const byValue = achieved({ direction: row.direction, value: whole, target: row.target, low, high });
  const progress = dated
    ? shareOf(row, ({ done }) => done !== null && done <= row.ends_on)
    : level
      ? withinLimit(row, whole, passed)
      : byValue;
  const open = row.milestones.find(({ done }) => done === null);
  const done = dated ? open === undefined : byValue?.gte(100);
  const share = planned ?? passed;
  const money = unit.find(({ code }) => code === scheme.spending);
  const spent = money && counted(money);
  return {
    day: calendar.dayOf(at),
    progress: progress?.toFixed(),
    planned: planned?.toFixed(),
    start: row.start_on,
    begun:
      row.milestones.some((each) => each.done !== null) ||
      [...row.earlier, value].some((each) => each !== null && !new Exact(each).isZero()),
    due: open?.due ?? row.due_on,
    done: done ?? false,
    direction: row.direction,
    level,
    value: whole,
    target: partOf(row.target, row, share),
    low: partOf(low, row, share),
    high: partOf(high, row, share),
    // Only where a period's value stands for itself can it be compared with the one before.
    earlier: row.aggregation === 'last' ? row.earlier : [],
    budget: money?.target,
    spent:
      money && spent !== null && spent !== undefined ? aggregate(money.aggregation, [...money.earlier, spent]) : null,
    plannedSpending: money && evenly(`${row.year}-01-01`, `${row.year}-12-31`, row.ends_on)?.toFixed(),
    evidence: row.evidence_required ? { required: 1, given: row.evidence } : undefined,
    reportBy: row.by_hand ? row.report_by : null,
    reported: value !== null,
  };
}

const shareOf = ({ milestones }: Standing, counts: (milestone: Standing['milestones'][number]) => boolean) =>
  new Exact(milestones.filter(counts).length).div(milestones.length).times(100).toDecimalPlaces(20);

/** The part of a bound that counts by then, of what comes together over the year. */
function partOf(bound: string | null, { aggregation }: Standing, share: ReturnType<typeof evenly>): string | null {
  if (bound === null || !accumulates(aggregation) || !share) return bound;
  return share.div(100).times(bound).toDecimalPlaces(20).toFixed();
}

/** A limit for the year, such as 12 accidents: 100 less the points by which more of it is used than of the time. */
function withinLimit(
  { direction, aggregation, target }: Standing,
  value: string | null,
  passed: ReturnType<typeof evenly>,
) {
  if (direction !== 'down' || !accumulates(aggregation) || value === null || target === null || !passed)
    return undefined;
  if (new Exact(target).isZero()) return new Exact(new Exact(value).gt(0) ? 0 : 100);
  const over = new Exact(value).div(target).times(100).minus(passed);
  return Exact.max(0, new Exact(100).minus(Exact.max(0, over))).toDecimalPlaces(20);
}

/** What the rules for suspicious values look at. */
export function flagFacts(row: Standing): FlagFacts {
  const said = row.reported === null ? null : aggregate(row.aggregation, [...row.earlier, row.reported]);
  const passed = evenly(`${row.year}-01-01`, `${row.year}-12-31`, row.ends_on);
  const part = (bound: string | null) => partOf(bound, row, passed);
  return {
    value: counted(row),
    direction: row.direction,
    reported: row.reported,
    verified: row.verified,
    target: row.target,
    min: row.plausible_min,
    max: row.plausible_max,
    earlier: row.earlier,
    others: row.others,
    idle: row.idle,
    achieved:
      achieved({
        direction: row.direction,
        value: said,
        target: part(row.target),
        low: part(row.target_low ?? row.low),
        high: part(row.target_high ?? row.high),
      })?.toFixed() ?? null,
  };
}
