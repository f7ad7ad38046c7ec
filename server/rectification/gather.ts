import type { Decimal } from 'decimal.js';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { isJsonObject, type Json } from '../../workflows/json.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import { overPg } from '../db/sql.ts';
import type { ServiceCall } from '../engine/service.ts';
import { type ScoredIndicator, scoreIndicators } from '../indicators/score.ts';

interface Found {
  what: string;
  advice: string | null;
  indicator: string | null;
  severity: 'minor' | 'major';
}

/** What the evaluation is asked to make findings of. */
interface Wanted {
  /** Tables of the case, with a column `problem` and maybe `advice`. */
  found: readonly string[];
  /** So many of the indicators that missed their targets, the worst first. */
  unmet: number;
}

/** What the evaluation of a unit showed becomes findings, once. They are found by whoever acted last before. */
export async function gatherFindings(
  client: pg.ClientBase,
  { caseId, cycleId, orgId, context, at }: ServiceCall,
  { found, unmet }: Wanted,
): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`findings/${cycleId}`]);
  const known = await client.query('SELECT 1 FROM findings WHERE cycle_id = $1 AND source_id = $2 LIMIT 1', [
    cycleId,
    caseId,
  ]);
  const by = context.lastActor;
  if (known.rows.length > 0 || orgId === null || by === null) return;
  const indicators = unmet > 0 ? ((await scoreIndicators(overPg(client), cycleId, [orgId])).get(orgId) ?? []) : [];
  const findings = [
    ...found.flatMap((name) => problemsOf(context.data[name])),
    ...missedOf(indicators).slice(0, unmet),
  ];
  await client.query(
    `INSERT INTO findings (id, cycle_id, org_id, number, source, source_id, indicator_code, severity, what, advice, state, found_by, found_at)
     SELECT f.id, $1, $2, (SELECT coalesce(max(number), 0) FROM findings WHERE cycle_id = $1) + f.place, 'result', $3, f.indicator, f.severity, f.what,
       f.advice, 'open', $4, $5
     FROM json_to_recordset($6::json) AS f(id uuid, place int, indicator text, severity text, what text, advice text)`,
    [
      cycleId,
      orgId,
      caseId,
      by,
      at,
      JSON.stringify(findings.map((one, i) => ({ ...one, id: uuidv7(), place: i + 1 }))),
    ],
  );
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

const problemsOf = (rows: Json | undefined): Found[] =>
  (Array.isArray(rows) ? rows.filter(isJsonObject) : []).flatMap((row): Found[] => {
    const what = textOf(row.problem);
    return what === null ? [] : [{ what, advice: textOf(row.advice), indicator: null, severity: 'minor' }];
  });

/** The indicators that missed their targets, the farthest first. */
function missedOf(indicators: readonly ScoredIndicator[]): Found[] {
  const missed = indicators.flatMap((one) => {
    const short = shortOf(one);
    return short === null || one.na ? [] : [{ one, short }];
  });
  missed.sort((a, b) => b.short.cmp(a.short));
  return missed.map(({ one: { code, name, actual, target, low, high, unit } }) => ({
    what: `“${name.zh}”未达到目标：完成 ${actual} ${unit}，目标 ${target ?? `${low ?? ''}～${high ?? ''}`} ${unit}。`,
    advice: null,
    indicator: code,
    severity: 'major',
  }));
}

/** How far a value is from its target, as a share of it; null where it is met, or there is nothing to compare. */
function shortOf({ direction, actual, target, low, high }: ScoredIndicator): Decimal | null {
  if (actual === null) return null;
  const value = new Exact(actual);
  const least = direction === 'up' ? target : direction === 'band' ? low : null;
  const most = direction === 'down' ? target : direction === 'band' ? high : null;
  const by = (bound: string, gap: Decimal) => (new Exact(bound).isZero() ? gap : gap.div(new Exact(bound).abs()));
  if (least !== null && value.lt(least)) return by(least, new Exact(least).minus(value));
  if (most !== null && value.gt(most)) return by(most, value.minus(most));
  return null;
}
