import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Frequency } from '../../workflows/indicators/schema.ts';
import { expectedPeriod, refuseValue } from '../../workflows/indicators/value.ts';
import type { Text } from '../../workflows/text.ts';
import type { Sql } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import { judgeValues } from '../lights/judge.ts';
import { BY_HAND } from './byHand.ts';
import { computeUnits, type Place } from './compute.ts';
import { evidenceKind } from './evidence.ts';
import { replacedBy } from './note.ts';

/** A value that comes in: of which indicator of which unit (or by the indicator's id in the cycle), for which period. */
export interface Entry {
  id?: string | undefined;
  orgId?: string | undefined;
  code?: string | undefined;
  period: string;
  value: string;
  unit?: string | undefined;
  evidence?: string[] | undefined;
  reason?: string | undefined;
}

/** Who reports, and by which way. Systems attach no files. */
export interface Reporter {
  by: string | null;
  tokenId?: string | null;
  source: 'task' | 'api' | 'import' | 'push' | 'pull';
  at: string;
  calendar: Calendar;
  /** The case that the files are in, if not that of the indicator: a report's own. */
  caseId?: string;
  /** What a delivery without reasons of its own is called, for the record. */
  delivery?: Text;
}

export interface EntryError {
  index: number;
  /** The part of the entry that is wrong. */
  at: string;
  id: string;
  message: Text;
}

export interface Reported {
  created: number;
  updated: number;
  unchanged: number;
}

interface Found {
  index: number;
  id: string;
  org_id: string;
  case_id: string | null;
  code: string;
  unit: string;
  frequency: Frequency;
  formula: string | null;
  by_hand: boolean;
  plausible_min: string | null;
  plausible_max: string | null;
  evidence_required: boolean;
  evidence_kinds: string[];
  state: string | null;
  reported: string | null;
}

const LOOKUP = `SELECT e.index, c.id::text, c.org_id::text, c.case_id::text, c.code, c.unit, c.frequency, c.formula, ${BY_HAND} AS by_hand, c.plausible_min::text, c.plausible_max::text,
    c.evidence_required, c.evidence_kinds, v.state, v.reported::text
  FROM json_to_recordset($2::json) AS e(index int, id uuid, org_id uuid, code text, period text)
  JOIN cycle_indicators c ON c.cycle_id = $1::uuid AND c.applies AND (c.id = e.id OR (e.id IS NULL AND c.org_id = e.org_id AND c.code = e.code))
  LEFT JOIN indicator_values v ON v.cycle_indicator_id = c.id AND v.period = e.period`;

/** A cycle that runs, and its year; values come in for no other. @throws indicator.closed, cycle.unknown */
export async function runningCycle(sql: Sql, cycleId: string): Promise<{ year: number }> {
  const [cycle] = await sql.query<{ year: number; status: string }>(
    'SELECT year, status FROM cycles WHERE id = $1::uuid',
    [cycleId],
  );
  if (!cycle) throw problem('cycle.unknown');
  if (cycle.status !== 'running' && cycle.status !== 'launching')
    throw problem('indicator.closed', { state: cycle.status });
  return { year: cycle.year };
}

/** Every reason why one of these values cannot be taken, and the indicators of those that can. */
export async function checkEntries(
  sql: Sql,
  { cycleId, year }: { cycleId: string; year: number },
  entries: readonly Entry[],
  reporter: Reporter,
): Promise<{ errors: EntryError[]; found: Map<number, Found> }> {
  const asked = entries.map(({ id, orgId, code, period }, index) => ({ index, id, org_id: orgId, code, period }));
  const rows = await sql.query<Found>(LOOKUP, [cycleId, JSON.stringify(asked)]);
  const found = new Map(rows.map((row) => [row.index, row]));
  const kinds = await evidenceKinds(sql, entries);
  const first = new Map<string, number>();
  const errors = entries.flatMap((entry, index): EntryError[] => {
    const wrong = (at: string, id: string, zh: string, en: string): EntryError[] => [
      { index, at, id, message: { zh, en } },
    ];
    const known = found.get(index);
    if (!known)
      return wrong(
        'code',
        'value.indicator',
        `本周期该单位没有指标“${entry.code ?? entry.id}”。`,
        `The unit has no indicator "${entry.code ?? entry.id}" in this cycle.`,
      );
    const place = `${known.id} ${entry.period}`;
    const earlier = first.get(place);
    first.set(place, index);
    if (earlier !== undefined)
      return wrong('period', 'value.twice', '同一指标同一期出现两次。', 'The same value is there twice.');
    const expected = {
      code: known.code,
      unit: known.unit,
      frequency: known.frequency,
      formula: known.formula,
      byHand: known.by_hand,
      plausibleMin: known.plausible_min,
      plausibleMax: known.plausible_max,
    };
    const refused = refuseValue(expected, { ...entry, year });
    if (refused) return [{ index, ...refused }];
    const period = expectedPeriod(known.frequency, year, entry.period);
    if (period && period.start > reporter.calendar.dayOf(reporter.at))
      return wrong('period', 'value.future', `${entry.period} 尚未开始。`, `${entry.period} has not begun.`);
    if (
      known.state === 'verified' &&
      entry.reason === undefined &&
      reporter.source === 'api' &&
      !sameNumber(known.reported, entry.value)
    )
      return wrong(
        'reason',
        'value.verified',
        '已核验的数据更正时须写明理由。',
        'A value that was verified is corrected with a reason.',
      );
    return evidenceErrors(entry, known, reporter, kinds).map(({ zh, en }) => ({
      index,
      at: 'evidence',
      id: 'value.evidence',
      message: { zh, en },
    }));
  });
  return { errors, found };
}

const sameNumber = (a: string | null, b: string): boolean => a !== null && Number(a) === Number(b);

interface File {
  kind: string;
  caseId: string;
}

async function evidenceKinds(sql: Sql, entries: readonly Entry[]): Promise<Map<string, File>> {
  const ids = entries.flatMap(({ evidence = [] }) => evidence);
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ id: string; mime: string; case_id: string }>(
    'SELECT id::text, mime, case_id::text FROM evidence WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, mime, case_id }) => [id, { kind: evidenceKind(mime), caseId: case_id }]));
}

/** What an indicator asks of evidence; business systems have none to give. */
function evidenceErrors(
  { evidence = [] }: Entry,
  known: Found,
  { source, caseId }: Reporter,
  files: ReadonlyMap<string, File>,
): Text[] {
  if (evidence.length === 0)
    return known.evidence_required && (source === 'api' || source === 'task')
      ? [
          known.evidence_kinds.length === 0
            ? { zh: '此指标须附佐证材料。', en: 'This indicator needs evidence.' }
            : {
                zh: `此指标须附佐证材料（${known.evidence_kinds.join('、')}）。`,
                en: `This indicator needs evidence (${known.evidence_kinds.join(', ')}).`,
              },
        ]
      : [];
  return evidence.flatMap((id): Text[] => {
    const file = files.get(id);
    if (!file || file.caseId !== (caseId ?? known.case_id))
      return [{ zh: `没有这个文件：${id}`, en: `no such file: ${id}` }];
    if (known.evidence_kinds.length === 0 || known.evidence_kinds.includes(file.kind)) return [];
    const kinds = known.evidence_kinds.join(', ');
    return [{ zh: `佐证材料的类型应为 ${kinds}。`, en: `The evidence must be one of: ${kinds}.` }];
  });
}

/**
 * Takes values in: all of them or none. The same value again changes nothing; another one is a correction, and what was verified
 * stays until it is verified anew. Every change stays on record.
 *
 * @throws values.refused with the place of every wrong value
 */
export async function reportValues(
  sql: Sql,
  cycleId: string,
  entries: readonly Entry[],
  reporter: Reporter,
): Promise<Reported> {
  const cycle = await runningCycle(sql, cycleId);
  const { errors, found } = await checkEntries(sql, { cycleId, ...cycle }, entries, reporter);
  if (errors.length > 0) throw refusal(errors);
  const done = await writeReported(sql, cycle.year, entries, found, reporter);
  await judgeValues(sql, cycleId, placesOf(entries, found), reporter);
  return done;
}

/** The values that entries are. */
export const placesOf = (
  entries: readonly { period: string }[],
  found: ReadonlyMap<number, Pick<Found, 'id'>>,
): Place[] =>
  entries.flatMap(({ period }, index) => {
    const known = found.get(index);
    return known ? [{ id: known.id, period }] : [];
  });

export const refusal = (errors: readonly EntryError[]) =>
  problem('values.refused', {
    count: errors.length,
    errors: errors.slice(0, 200).map(({ index, at, id, message }) => ({ path: `values[${index}].${at}`, id, message })),
  });

/** Writes values that were checked. */
export async function writeReported(
  sql: Sql,
  year: number,
  entries: readonly Pick<Entry, 'period' | 'value' | 'evidence' | 'reason'>[],
  found: ReadonlyMap<number, Pick<Found, 'id' | 'frequency'>>,
  { by, tokenId = null, source, at, delivery }: Omit<Reporter, 'calendar'>,
): Promise<Reported> {
  const rows = entries.flatMap(({ period, value, evidence, reason }, index) => {
    const known = found.get(index);
    const end = known && expectedPeriod(known.frequency, year, period)?.end;
    return known && end
      ? [{ id: known.id, period, ends_on: end, value, evidence: evidence ?? [], reason: reason ?? null }]
      : [];
  });
  const [counts] = await sql.query<{ created: number; updated: number }>(
    `WITH given AS (
       SELECT id, period, ends_on, value, evidence, reason FROM json_to_recordset($1::json) AS g(id uuid, period text, ends_on date, value numeric, evidence json, reason text)
     ), done AS (
       INSERT INTO indicator_values AS v (cycle_indicator_id, period, ends_on, due_on, state, reported, reported_by, reported_at, reason, evidence, source, revision)
       SELECT id, period, ends_on, ends_on, 'reported', value, $2::uuid, $3::timestamptz, reason, evidence, $4, 1 FROM given
       ON CONFLICT (cycle_indicator_id, period) DO UPDATE SET state = 'reported', reported = excluded.reported, reported_by = excluded.reported_by,
         reported_at = coalesce(v.reported_at, excluded.reported_at), reason = excluded.reason, source = excluded.source, revision = v.revision + 1,
         note = CASE WHEN v.state = 'verified' AND excluded.reason IS NULL AND v.reported IS DISTINCT FROM excluded.reported THEN $6::json END,
         evidence = CASE WHEN excluded.evidence::text = '[]' THEN v.evidence ELSE excluded.evidence END
       WHERE v.reported IS DISTINCT FROM excluded.reported OR v.state IN ('due', 'returned')
         OR (excluded.evidence::text <> '[]' AND v.evidence::text <> excluded.evidence::text)
       RETURNING v.*
     ), kept AS (
       INSERT INTO indicator_value_changes (cycle_indicator_id, period, revision, at, by_id, token_id, action, reported, verified, reason, note, evidence, source)
       SELECT cycle_indicator_id, period, revision, $3::timestamptz, $2::uuid, $5::uuid, 'reported', reported, verified, reason, note, evidence, $4 FROM done
     )
     SELECT count(*) FILTER (WHERE revision = 1)::int AS created, count(*) FILTER (WHERE revision > 1)::int AS updated FROM done`,
    [JSON.stringify(rows), by, at, source, tokenId, delivery ? JSON.stringify(replacedBy(delivery)) : null],
  );
  const { created = 0, updated = 0 } = counts ?? {};
  return { created, updated, unchanged: rows.length - created - updated };
}

/** What the monitoring unit says to a reported value. */
export interface Verdict {
  id: string;
  period: string;
  action: 'accept' | 'return' | 'correct';
  value?: string | undefined;
  reason?: string | undefined;
}

interface Judged extends Found {
  year: number;
}

/** Accepts, returns (why) or corrects (to what and why) reported values: all or none. Both values stay on record. */
export async function verifyValues(
  sql: Sql,
  cycleId: string,
  verdicts: readonly Verdict[],
  { by, at, calendar }: Pick<Reporter, 'by' | 'at' | 'calendar'>,
): Promise<{ accepted: number; returned: number; corrected: number }> {
  const { year } = await runningCycle(sql, cycleId);
  const asked = verdicts.map(({ id, period }, index) => ({ index, id, period }));
  const rows = await sql.query<Judged>(LOOKUP, [cycleId, JSON.stringify(asked)]);
  const found = new Map(rows.map((row) => [row.index, row]));
  const errors = verdicts.flatMap((verdict, index): EntryError[] => {
    const wrong = (at_: string, id: string, zh: string, en: string): EntryError[] => [
      { index, at: at_, id, message: { zh, en } },
    ];
    const known = found.get(index);
    if (!known) return wrong('id', 'value.indicator', '没有这个指标。', 'There is no such indicator.');
    if (known.state !== 'reported')
      return wrong('period', 'value.notReported', '没有待核验的数据。', 'No value is waiting to be verified.');
    if (verdict.action !== 'accept' && verdict.reason === undefined)
      return wrong('reason', 'value.reason', '退回或更正须写明理由。', 'A return or correction needs its reason.');
    if (verdict.action !== 'correct') return [];
    if (verdict.value === undefined)
      return wrong('value', 'value.decimal', '应给出更正后的值。', 'Give the corrected value.');
    const { plausible_min: plausibleMin, plausible_max: plausibleMax, by_hand: byHand } = known;
    const refused = refuseValue(
      { ...known, byHand, plausibleMin, plausibleMax },
      { value: verdict.value, period: verdict.period, year },
    );
    return refused ? [{ index, ...refused }] : [];
  });
  if (errors.length > 0) throw refusal(errors);
  const list = verdicts.map(({ id, period, action, value, reason }, index) => ({
    id,
    period,
    state: action === 'return' ? 'returned' : 'verified',
    value: action === 'correct' ? value : action === 'accept' ? found.get(index)?.reported : null,
    reason: reason ?? null,
  }));
  await writeVerified(sql, list, { by, at });
  const units = [...found.values()].map(({ org_id }) => org_id);
  const computed = await computeUnits(sql, cycleId, units, at);
  await judgeValues(sql, cycleId, [...placesOf(verdicts, found), ...computed], { at, calendar });
  const count = (action: Verdict['action']) => verdicts.filter((one) => one.action === action).length;
  return { accepted: count('accept'), returned: count('return'), corrected: count('correct') };
}

export interface Verified {
  id: string;
  period: string;
  state: string;
  value: string | null | undefined;
  reason: string | null;
}

/** Writes what was decided about reported values; the same decision again changes nothing. */
export async function writeVerified(
  sql: Sql,
  list: readonly Verified[],
  { by, at }: { by: string | null; at: string },
): Promise<void> {
  await sql.query(
    `WITH done AS (
       UPDATE indicator_values v SET state = g.state, verified = coalesce(g.value, v.verified), verified_by = $2::uuid, verified_at = $3::timestamptz,
         reason = g.reason, note = NULL, revision = v.revision + 1
       FROM json_to_recordset($1::json) AS g(id uuid, period text, state text, value numeric, reason text)
       WHERE v.cycle_indicator_id = g.id AND v.period = g.period AND (v.state <> g.state OR v.verified IS DISTINCT FROM g.value)
       RETURNING v.*
     )
     INSERT INTO indicator_value_changes (cycle_indicator_id, period, revision, at, by_id, action, reported, verified, reason, evidence, source)
     SELECT cycle_indicator_id, period, revision, $3::timestamptz, $2::uuid, state, reported, verified, reason, evidence, source FROM done`,
    [JSON.stringify(list), by, at],
  );
}
