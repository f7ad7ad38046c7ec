import { dueIn } from '../../workflows/indicators/period.ts';
import type { Frequency } from '../../workflows/indicators/schema.ts';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import { spanOf } from '../../workflows/machine/items.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import { overPg, type Sql } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import type { Service, ServiceCall } from '../engine/service.ts';
import { judgeValues } from '../lights/judge.ts';
import { type LightSummary, recordLights } from '../lights/record.ts';
import { BY_HAND } from './byHand.ts';
import { computeUnits } from './compute.ts';
import { placeOf } from './corrected.ts';
import { valueRows } from './submitted.ts';
import { type Verified, writeReported, writeVerified } from './values.ts';

/** `record`: what came of the verification of a report goes on record, with what follows by formulas and roll-ups. */
export const record: Service = (call) => transaction(call.pool, (client) => recordValues(overPg(client), call));

interface Known {
  id: string;
  code: string;
  frequency: Frequency;
}

/**
 * The rows of the case's table, as they stand, are the verified values. What the unit submitted is on record since then; of what is
 * not (a table without a source), the rows as they were when they were submitted are the reported values. Rows that correct (with a
 * `reason`) leave what was reported. The same round again changes nothing; nor does a block without a table, which only tells how the
 * period stands.
 */
export async function recordValues(sql: Sql, call: ServiceCall): Promise<JsonObject> {
  const { caseId, cycleId, orgId, block, context, item, calendar, at } = call;
  if (block.type !== 'compute' || block.rule.kind !== 'record') throw new Error(`"${block.key}" records nothing`);
  if (orgId === null) throw new Error(`"${block.key}" is no block of a participant`);
  const { year } = context.facts.period;
  const table = block.rule.values;
  const endsOn = typeof item?.end === 'string' ? item.end : undefined;
  const known = await sql.query<Known>(
    `SELECT c.id::text, c.code, c.frequency FROM cycle_indicators c WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies AND ${BY_HAND}`,
    [cycleId, orgId],
  );
  const { of } = block.rule;
  const byCode = new Map(known.filter(({ code }) => of?.includes(code) ?? true).map((one) => [one.code, one]));
  const acts = table === undefined ? NOBODY : await readActs(sql, caseId, table);
  const { reason } = block.rule;
  const corrects = reason !== undefined;
  const given = table === undefined ? [] : context.data[table];
  const rows = corrects ? correctedRows(given) : given;
  const verified = new Map(valueRows(rows).map(({ code, value }) => [code, value]));
  const reported = corrects ? new Map<string, string>() : (acts.reported ?? verified);
  const placed = (values: ReadonlyMap<string, string>) =>
    [...values].flatMap(([row, value]) => {
      const { code, period: named } = placeOf(row);
      const one = byCode.get(code);
      const period = named ?? (one && dueIn(one.frequency, year, endsOn)?.key);
      return one && period ? [{ ...one, period, value }] : [];
    });
  const unreported = await dueStill(sql, placed(reported));
  const reporter = { by: acts.reporter, source: 'task', at: acts.at ?? at } as const;
  await writeReported(sql, year, unreported, new Map(unreported.map((one, index) => [index, one])), reporter);
  const verdicts = placed(verified).map(({ id, code, period, value }): Verified => {
    const why = corrects ? textOf(context.data[reason]) : reported.get(code) !== value ? acts.reason : null;
    return { id, period, state: 'verified', value, reason: why };
  });
  await writeVerified(sql, verdicts, { by: corrects ? acts.reporter : acts.verifier, at });
  const computed = await computeUnits(sql, cycleId, [orgId], at);
  const lights = await judgePeriod(sql, call, orgId);
  // A correction may be of a period that was judged long ago.
  await judgeValues(sql, cycleId, corrects ? [...verdicts, ...computed] : computed, call);
  const late = await sql.query<{ code: string }>(
    `SELECT c.code FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
     WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies AND ${BY_HAND} AND v.state = 'due' AND v.due_on < $3::date ORDER BY c.code`,
    [cycleId, orgId, calendar.dayOf(at)],
  );
  const codeOf = new Map(known.map(({ id, code }) => [id, code]));
  const corrected = corrects
    ? verdicts.length
    : verdicts.filter(({ id, value }) => reported.get(codeOf.get(id) ?? '') !== value).length;
  return { recorded: verdicts.length, corrected, missing: [...new Set(late.map(({ code }) => code))], ...lights };
}

/** Lights, suspicious values and what follows from them, where the template has rules for it. */
async function judgePeriod(sql: Sql, call: ServiceCall, orgId: string): Promise<Partial<LightSummary>> {
  const { cycleId, template, calendar, at, item, context } = call;
  if (!template.lights && !template.warnings?.flags) return {};
  const { end: endsOn } = spanOf(item, context.facts.period);
  return recordLights(sql, { cycleId, orgId, endsOn, template, calendar, at });
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

/** The rows whose value is another than the one they say is on record. */
const correctedRows = (rows: Json | undefined): JsonObject[] =>
  (Array.isArray(rows) ? rows.filter(isJsonObject) : []).filter(
    ({ value, recorded }) =>
      typeof value === 'string' && !(typeof recorded === 'string' && new Exact(value).eq(recorded)),
  );

/** Those of the values that are still due. */
async function dueStill<Value extends { id: string; period: string }>(
  sql: Sql,
  values: readonly Value[],
): Promise<Value[]> {
  const rows = await sql.query<{ id: string; period: string }>(
    `SELECT v.cycle_indicator_id::text AS id, v.period FROM json_to_recordset($1::json) AS g(id uuid, period text)
     JOIN indicator_values v ON v.cycle_indicator_id = g.id AND v.period = g.period WHERE v.state = 'due'`,
    [JSON.stringify(values)],
  );
  const due = new Set(rows.map(({ id, period }) => `${id} ${period}`));
  return values.filter(({ id, period }) => due.has(`${id} ${period}`));
}

interface ActRow {
  at: string;
  actor: string | null;
  kind: string;
  action: string;
  reason: string | null;
  values: JsonObject | null;
}

/** Of a block without a table. */
const NOBODY = { at: null, reported: null, reporter: null, verifier: null, reason: null };

/** Who filled the table in and what with, who verified it and what they said: from the case's own record. */
async function readActs(sql: Sql, caseId: string, table: string) {
  const rows = await sql.query<ActRow>(
    `SELECT to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, e.actor::text, t.kind, e.body->'events'->0->>'action' AS action, e.body->'events'->0->>'reason' AS reason, e.body->'events'->0->'values' AS values
     FROM case_events e JOIN tasks t ON t.case_id = e.case_id AND t.seat = (e.body->'events'->0->>'seat')::int
     WHERE e.case_id = $1::uuid AND e.type = 'act' ORDER BY e.seq`,
    [caseId],
  );
  const submitted = rows.findLastIndex(
    ({ kind, action, values }) => kind === 'task' && action === 'submit' && values !== null && table in values,
  );
  const report = rows[submitted];
  const after = rows.slice(submitted + 1);
  const verdict =
    after.findLast(
      ({ kind, action, values }) => kind === 'approval' && action === 'approve' && values !== null && table in values,
    ) ?? after.findLast(({ kind, action }) => kind === 'approval' && action === 'approve');
  return {
    at: report?.at ?? null,
    reported: report ? new Map(valueRows(report.values?.[table]).map(({ code, value }) => [code, value])) : null,
    reporter: report?.actor ?? null,
    verifier: verdict?.actor ?? null,
    reason: verdict?.reason ?? null,
  };
}
