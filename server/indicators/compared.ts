import type { Direction } from '../../workflows/indicators/schema.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import { improving } from '../../workflows/series/trend.ts';
import { overPrisma } from '../db/sql.ts';
import type { Given } from '../forms/given.ts';
import { readBenchmark } from './benchmark.ts';
import { sectionOf } from './planned.ts';
import { FIGURES } from './score.ts';
import { earlierYears } from './years.ts';

interface Own {
  id: string;
  code: string;
  name: string;
  unit: string;
  direction: Direction;
  value: string | null;
}

/** What a table shows of a long number. */
const PLACES = 6;
const short = (value: string | null): string | null =>
  value === null ? null : new Exact(value).toDecimalPlaces(PLACES, Exact.ROUND_HALF_UP).toFixed();

const ownIndicators = ({ db, cycleId, orgId }: Pick<Parameters<Given>[0], 'db' | 'cycleId' | 'orgId'>) =>
  overPrisma(db).query<Own>(
    `SELECT c.id::text, c.code, c.name, c.unit, c.direction, coalesce(actual.mean, actual.value)::text AS value FROM cycle_indicators c ${FIGURES}
     WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies ORDER BY c.position, c.code`,
    [cycleId, orgId],
  );

/**
 * `benchmark`: the unit's indicators of which the register knows values of the template's benchmark place, each by the last period that
 * both have: own value, theirs, by how much it is ahead (`gap`; `share`: in percent of theirs), and whether the gap closes.
 */
export const benchmarkRows: Given = async (ask) => {
  const place = sectionOf(ask.template).benchmark?.place;
  if (place === undefined) return [];
  const rows: JsonObject[] = [];
  for (const { id, code, name, unit, direction } of await ownIndicators(ask)) {
    const { lines, trend } = await readBenchmark(ask.db, { id, code, direction }, place);
    const last = lines.findLast(({ gap }) => gap !== null);
    if (!last || last.gap === null || last.benchmark === null) continue;
    const theirs = new Exact(last.benchmark).abs();
    const share = theirs.isZero() ? null : new Exact(last.gap).div(theirs).times(100).toFixed();
    const figures = { own: short(last.own), other: short(last.benchmark), gap: short(last.gap), share: short(share) };
    rows.push({ code, name, unit, direction, period: last.period, ...figures, trend });
  }
  return rows;
};

/** How many years back a trend looks. */
const YEARS = 5;

/**
 * `years`: each of the unit's indicators with what it came to in the five years before (`y5` … `y1`; of earlier cycles, else from the
 * history; not those that were defined otherwise), this year so far, and whether it is at least as good as their mean.
 */
export const yearRows: Given = async (ask) => {
  const { year } = ask.context.facts.period;
  const rows: JsonObject[] = [];
  for (const { id, code, name, unit, direction, value } of await ownIndicators(ask)) {
    const known = await earlierYears(overPrisma(ask.db), id, YEARS);
    const before = Array.from({ length: YEARS }, (_, i) => {
      const one = known.find((earlier) => earlier.year === year - YEARS + i);
      return one && one.breaks.length === 0 ? one.value : null;
    });
    const better = improving(direction, value, before);
    rows.push({
      code,
      name,
      unit,
      direction,
      ...Object.fromEntries(before.map((each, i) => [`y${YEARS - i}`, short(each)])),
      thisYear: short(value),
      fiveYears: better === null ? null : better ? 'improving' : 'notImproving',
    });
  }
  return rows;
};
