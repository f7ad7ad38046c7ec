import { v7 as uuidv7 } from 'uuid';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { type Light, light, severer } from '../../workflows/lights/light.ts';
import { COLOURS, type Colour } from '../../workflows/lights/schema.ts';
import { type Flag, flagsOf } from '../../workflows/series/flags.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Sql } from '../db/sql.ts';
import { type Followed, followLights } from '../warnings/follow.ts';
import { flagFacts, isSettled, lightFacts, readStandings, type Standing } from './facts.ts';

/** Whose indicators are judged, and for which period: the one that ends on that day. */
export interface Judging {
  cycleId: string;
  orgId: string;
  endsOn: string;
  template: Pick<CycleTemplate, 'lights' | 'warnings' | 'adjustments'>;
  calendar: Calendar;
  /** The instant (UTC). */
  at: string;
  /** Leaves alone what nothing can be said of yet: not due, or being verified in a case. */
  only?: 'settled';
}

/** How a unit stands in a period: how many lights of each colour, the worst, and what is not on course. */
export type LightSummary = Record<Colour, number> & {
  worst: Colour | 'none';
  /** Indicators of which nothing is known that the rules look at. */
  none: number;
  /** Codes of those that are red, orange or yellow. */
  behind: string[];
  /** Those that are red, as items of a repeat, with the day that they were due. */
  reds: { code: string; name: string; due: string | null }[];
  flags: number;
};

/**
 * Judges a unit's indicators for a period: a light each, flags for suspicious values, and what follows from both. To be called inside
 * a transaction. May be repeated: the same outcome adds nothing.
 */
export async function recordLights(sql: Sql, judging: Judging): Promise<LightSummary> {
  const { cycleId, orgId, endsOn, template } = judging;
  await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended('lights/' || $1 || $2, 0))::text`, [cycleId, orgId]);
  const rules = template.warnings?.flags ?? [];
  const others = rules.some((rule) => rule.kind === 'copied' && rule.from === 'unit');
  const all = await readStandings(sql, { cycleId, orgId, endsOn, others });
  const today = judging.calendar.dayOf(judging.at);
  const rows = judging.only ? all.filter((row) => isSettled(row, today)) : all;
  const { lights: scheme } = template;
  const judged = scheme
    ? rows.map((row) => ({ row, light: light(scheme, lightFacts(scheme, row, all, judging), row.history) }))
    : [];
  const fresh = await writeLights(sql, judging, judged);
  const flagged = rows.flatMap((row) => flagsOf(rules, flagFacts(row)).map((flag) => ({ row, flag })));
  const raised = await writeFlags(sql, judging, rows, flagged);
  await followLights(sql, judging, [...fresh.flatMap(followOf), ...raised.flatMap(followFlag)]);
  return summaryOf(judged, flagged.length);
}

interface Judged {
  row: Standing;
  light: Light;
}

/** Adds the lights that differ from the last ones of their period; gives those. */
async function writeLights(
  sql: Sql,
  { cycleId, orgId, at }: Judging,
  judged: readonly Judged[],
): Promise<(Judged & { id: string })[]> {
  if (judged.length === 0) return [];
  const rows = judged.map(({ row, light: { colour, rule, because, measures, consequences } }) => ({
    id: uuidv7(),
    indicator: row.id,
    code: row.code,
    period: row.period,
    ends_on: row.ends_on,
    colour,
    rule,
    because,
    measures,
    consequences,
  }));
  const added = await sql.query<{ id: string }>(
    `INSERT INTO lights (id, cycle_id, org_id, cycle_indicator_id, code, period, ends_on, colour, rule, because, measures, consequences, at)
     SELECT n.id, $2::uuid, $3::uuid, n.indicator, n.code, n.period, n.ends_on, n.colour, n.rule, n.because, n.measures, n.consequences, $4::timestamptz
     FROM json_to_recordset($1::json) AS n(id uuid, indicator uuid, code text, period text, ends_on date, colour text, rule text, because json, measures json, consequences json)
     LEFT JOIN LATERAL (SELECT l.colour, l.rule, l.measures FROM lights l
       WHERE l.cycle_indicator_id = n.indicator AND l.ends_on = n.ends_on ORDER BY l.id DESC LIMIT 1) last ON TRUE
     WHERE last.measures IS NULL OR last.colour IS DISTINCT FROM n.colour OR last.rule IS DISTINCT FROM n.rule OR last.measures::text <> n.measures::text
     RETURNING id::text`,
    [JSON.stringify(rows), cycleId, orgId, at],
  );
  const ids = new Set(added.map(({ id }) => id));
  return judged.flatMap((each, i) => {
    const id = rows[i]?.id;
    return id !== undefined && ids.has(id) ? [{ ...each, id }] : [];
  });
}

/** Raises flags, and lets go of those that hold no longer because the value was corrected; gives the new ones. */
async function writeFlags(
  sql: Sql,
  { cycleId, orgId, at }: Judging,
  judged: readonly Standing[],
  flagged: readonly { row: Standing; flag: Flag }[],
): Promise<{ row: Standing; flag: Flag }[]> {
  const rows = flagged.map(({ row, flag: { rule, kind, because } }) => ({
    id: uuidv7(),
    indicator: row.id,
    code: row.code,
    period: row.period,
    rule,
    kind,
    because,
  }));
  const added = await sql.query<{ key: string }>(
    `WITH now AS (
       SELECT * FROM json_to_recordset($1::json) AS n(id uuid, indicator uuid, code text, period text, rule text, kind text, because json)
     ), gone AS (
       UPDATE abnormal_flags f SET state = 'corrected', decided_at = $4::timestamptz, version = f.version + 1
       FROM json_to_recordset($5::json) AS j(id uuid, period text)
       WHERE f.cycle_indicator_id = j.id AND f.period = j.period AND f.state IN ('open', 'explained')
         AND NOT EXISTS (SELECT FROM now WHERE now.indicator = f.cycle_indicator_id AND now.period = f.period AND now.rule = f.rule)
     )
     INSERT INTO abnormal_flags (id, cycle_id, org_id, cycle_indicator_id, code, period, rule, kind, because, at)
     SELECT id, $2::uuid, $3::uuid, indicator, code, period, rule, kind, because, $4::timestamptz FROM now
     ON CONFLICT (cycle_indicator_id, period, rule) DO UPDATE
       SET state = 'open', because = excluded.because, at = excluded.at, decided_at = NULL, version = abnormal_flags.version + 1
       WHERE abnormal_flags.state = 'corrected'
     RETURNING cycle_indicator_id || '/' || rule AS key`,
    [JSON.stringify(rows), cycleId, orgId, at, JSON.stringify(judged.map(({ id, period }) => ({ id, period })))],
  );
  const keys = new Set(added.map(({ key }) => key));
  return flagged.filter(({ row, flag }) => keys.has(`${row.id}/${flag.rule}`));
}

const placeOf = ({ id, code, name, name_en, period, case_id }: Standing) => ({
  cycleIndicatorId: id,
  code,
  indicator: { zh: name, en: name_en ?? name },
  period,
  caseId: case_id,
});

/** One light in a period opens what follows from it once, however often the period is judged anew. */
const followOf = ({ row, light: { consequences } }: Judged): Followed[] =>
  consequences.map(({ rule, because, consequence }, i) => ({
    ...placeOf(row),
    source: 'light',
    sourceKey: `light/${row.id}/${row.period}/${rule}/${consequence.kind}${ordinal(consequences, i)}`,
    because,
    consequence,
  }));

const followFlag = ({ row, flag }: { row: Standing; flag: Flag }): Followed[] =>
  flag.supervise
    ? [
        {
          ...placeOf(row),
          source: 'flag',
          sourceKey: `flag/${row.id}/${row.period}/${flag.rule}`,
          because: flag.because,
          consequence: { kind: 'supervise' },
        },
      ]
    : [];

/** Tells a consequence from an earlier one of the same rule and kind. */
function ordinal(all: Light['consequences'], i: number): string {
  const same = all
    .slice(0, i)
    .filter(({ rule, consequence }) => rule === all[i]?.rule && consequence.kind === all[i].consequence.kind);
  return same.length === 0 ? '' : `/${same.length}`;
}

function summaryOf(judged: readonly Judged[], flags: number): LightSummary {
  const colours = judged.flatMap(({ light: { colour } }) => colour ?? []);
  const counts = Object.fromEntries(
    COLOURS.map((colour) => [colour, colours.filter((each) => each === colour).length]),
  );
  return {
    ...(counts as Record<Colour, number>),
    worst: colours.length === 0 ? 'none' : colours.reduce(severer),
    none: judged.length - colours.length,
    behind: judged.flatMap(({ row, light: { colour } }) =>
      colour === 'red' || colour === 'orange' || colour === 'yellow' ? [row.code] : [],
    ),
    reds: judged.flatMap(({ row, light: { colour } }) =>
      colour === 'red' ? [{ code: row.code, name: `${row.code} ${row.name}`, due: row.due_on }] : [],
    ),
    flags,
  };
}
