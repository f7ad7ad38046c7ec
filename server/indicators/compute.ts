import { computeOrder, FormulaError, readFormula } from '../../workflows/indicators/formula.ts';
import { periodOf } from '../../workflows/indicators/period.ts';
import type { Aggregation, RollUp } from '../../workflows/indicators/schema.ts';
import { isSeen, toldSeen } from '../../workflows/indicators/seen.ts';
import { aggregate, rollUp } from '../../workflows/indicators/series.ts';
import type { Sql } from '../db/sql.ts';
import { groupBy } from './group.ts';
import { countedFrom, type Note } from './note.ts';
import { readSeen, type SeenFigures, seenKey } from './seen.ts';

interface IndicatorRow {
  id: string;
  org_id: string;
  code: string;
  formula: string | null;
  aggregation: Aggregation;
}

interface ValueRow {
  id: string;
  period: string;
  ends_on: string;
  value: string | null;
}

interface Computed {
  id: string;
  period: string;
  value: string | null;
  note: Note | null;
}

/** How many levels of parts are rolled up: bureau, department, section, post. */
const MOST_LEVELS = 8;

/** A value of an indicator: the indicator's id and the period. */
export interface Place {
  id: string;
  period: string;
}

/**
 * Computes what follows from the verified values of these units: their formulas, then the wholes that their indicators are parts
 * of, and so on upwards. A formula that divides by zero gives no value; why stands beside it. Gives what changed.
 */
export async function computeUnits(sql: Sql, cycleId: string, orgIds: readonly string[], at: string): Promise<Place[]> {
  const changed: Place[] = [];
  let units = [...new Set(orgIds)];
  for (let level = 0; units.length > 0 && level < MOST_LEVELS; level += 1) {
    changed.push(...(await computeFormulas(sql, cycleId, units, at)));
    const wholes = await rollUpFrom(sql, cycleId, units, at);
    changed.push(...wholes.changed);
    units = wholes.units;
  }
  return changed;
}

async function computeFormulas(sql: Sql, cycleId: string, orgIds: readonly string[], at: string): Promise<Place[]> {
  const indicators = await sql.query<IndicatorRow>(
    `SELECT id::text, org_id::text, code, formula, aggregation FROM cycle_indicators c
     WHERE cycle_id = $1::uuid AND org_id = ANY($2::uuid[]) AND applies
       AND EXISTS (SELECT FROM cycle_indicators f WHERE f.cycle_id = c.cycle_id AND f.org_id = c.org_id AND f.formula IS NOT NULL AND f.applies)
     ORDER BY org_id, position`,
    [cycleId, orgIds],
  );
  if (indicators.length === 0) return [];
  const values = await sql.query<ValueRow>(
    `SELECT cycle_indicator_id::text AS id, period, ends_on::text, verified::text AS value FROM indicator_values
     WHERE cycle_indicator_id = ANY($1::uuid[]) ORDER BY ends_on`,
    [indicators.map(({ id }) => id)],
  );
  const byIndicator = groupBy(values, ({ id }) => id);
  const periodsOf = (id: string) => (byIndicator.get(id) ?? []).map(({ period }) => period);
  const seen = await readSeen(sql, indicators, periodsOf, at);
  const computed = [...groupBy(indicators, (one) => one.org_id).values()].flatMap((unit) =>
    formulasOf(unit, byIndicator, seen),
  );
  return writeComputed(sql, computed, 'formula', at);
}

function formulasOf(
  unit: readonly IndicatorRow[],
  values: ReadonlyMap<string, ValueRow[]>,
  seen: SeenFigures,
): Computed[] {
  const computed: Computed[] = [];
  const known = new Map([...values].map(([id, rows]) => [id, new Map(rows.map((row) => [row.period, row]))]));
  for (const { id, formula } of computeOrder(unit)) {
    if (formula === null) continue;
    const { names, evaluate } = readFormula(formula);
    for (const row of known.get(id)?.values() ?? []) {
      const figures = seen.get(seenKey(id, row.period));
      const inputs = Object.fromEntries(
        names.map((name) => [name, isSeen(name) ? (figures?.[name] ?? null) : inputOf(unit, known, name, row.period)]),
      );
      const { value, note } = outcome(() => evaluate(inputs));
      // Beside what was counted stands what it was counted from.
      const told = figures
        ? toldSeen(Object.fromEntries(Object.entries(inputs).filter(([name]) => isSeen(name))))
        : null;
      const one = { id, period: row.period, value, note: countedFrom(told, note) };
      computed.push(one);
      row.value = one.value;
    }
  }
  return computed;
}

const outcome = (work: () => string | null): Pick<Computed, 'value' | 'note'> => {
  try {
    return { value: work(), note: null };
  } catch (error) {
    if (error instanceof FormulaError) return { value: null, note: { id: error.id, ...error.text } };
    throw error;
  }
};

/** What a series says of a period: its own value, or what its shorter periods inside come to. */
function inputOf(
  unit: readonly IndicatorRow[],
  known: ReadonlyMap<string, ReadonlyMap<string, ValueRow>>,
  code: string,
  key: string,
): string | null {
  const needed = unit.find((one) => one.code === code);
  const rows = needed && known.get(needed.id);
  const period = periodOf(key);
  if (!rows || !period) return null;
  const same = rows.get(key);
  if (same) return same.value;
  const inside = [...rows.values()].filter(({ period: own }) => {
    const part = periodOf(own);
    return part !== undefined && part.start >= period.start && part.end <= period.end;
  });
  // A whole of which a part is missing is not known; the last value is, when the last part is.
  const last = inside.at(-1);
  if (needed.aggregation === 'last' || needed.aggregation === 'toDate') return last?.value ?? null;
  return inside.some(({ value }) => value === null)
    ? null
    : aggregate(
        needed.aggregation,
        inside.map(({ value }) => value),
      );
}

interface PartRow {
  whole: string;
  org_id: string;
  roll_up: RollUp;
  period: string;
  value: string | null;
  weight: string | null;
}

/** Rolls parts up into their wholes; gives what changed, and the units whose other values may follow. */
async function rollUpFrom(
  sql: Sql,
  cycleId: string,
  orgIds: readonly string[],
  at: string,
): Promise<{ changed: Place[]; units: string[] }> {
  const parts = await sql.query<PartRow>(
    `SELECT w.id::text AS whole, w.org_id::text, w.roll_up, due.period, v.verified::text AS value, p.weight::text
     FROM cycle_indicators w JOIN cycle_indicators p ON p.parent_id = w.id AND p.applies
     JOIN indicator_values due ON due.cycle_indicator_id = w.id
     LEFT JOIN indicator_values v ON v.cycle_indicator_id = p.id AND v.period = due.period
     WHERE w.cycle_id = $1::uuid AND w.roll_up IS NOT NULL AND w.formula IS NULL
       AND w.id IN (SELECT parent_id FROM cycle_indicators WHERE cycle_id = $1::uuid AND org_id = ANY($2::uuid[]))
     ORDER BY w.id, due.period`,
    [cycleId, orgIds],
  );
  const computed = [...groupBy(parts, ({ whole, period }) => `${whole} ${period}`).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [{ id: first.whole, period: first.period, value: rollUp(first.roll_up, group), note: null }];
  });
  const changed = await writeComputed(sql, computed, 'rollUp', at);
  return { changed, units: [...new Set(parts.map(({ org_id }) => org_id))].filter((id) => !orgIds.includes(id)) };
}

/** Computed values go on record as verified; only what changes does, and nothing known is taken back by a part that is missing. */
async function writeComputed(
  sql: Sql,
  computed: readonly Computed[],
  source: 'formula' | 'rollUp',
  at: string,
): Promise<Place[]> {
  if (computed.length === 0) return [];
  return sql.query<Place>(
    `WITH given AS (SELECT * FROM json_to_recordset($1::json) AS g(id uuid, period text, value numeric, note json)),
     done AS (
       UPDATE indicator_values v SET verified = g.value, state = CASE WHEN g.value IS NULL THEN 'due' ELSE 'verified' END, verified_at = $2::timestamptz,
         source = $3, reason = NULL, note = g.note, revision = v.revision + 1
       FROM given g WHERE v.cycle_indicator_id = g.id AND v.period = g.period
         AND (v.verified IS DISTINCT FROM g.value OR v.note::text IS DISTINCT FROM g.note::text) AND ($3 = 'formula' OR g.value IS NOT NULL)
       RETURNING v.*
     ), kept AS (
       INSERT INTO indicator_value_changes (cycle_indicator_id, period, revision, at, action, verified, note, source)
       SELECT cycle_indicator_id, period, revision, $2::timestamptz, 'computed', verified, note, $3 FROM done
     )
     SELECT cycle_indicator_id::text AS id, period FROM done`,
    [JSON.stringify(computed), at, source],
  );
}
