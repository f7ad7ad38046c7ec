import { dueIn } from '../../workflows/indicators/period.ts';
import type { Frequency } from '../../workflows/indicators/schema.ts';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import { overPg, type Sql } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import type { Service, ServiceCall } from '../engine/service.ts';
import { type LightSummary, recordLights } from '../lights/record.ts';
import { computeUnits } from './compute.ts';
import { type Reporter, type Verified, writeReported, writeVerified } from './values.ts';

/** `record`: what was reported and what came of its verification go on record, with what follows by formulas and roll-ups. */
export const record: Service = (call) => transaction(call.pool, (client) => recordValues(overPg(client), call));

interface Known {
  id: string;
  code: string;
  frequency: Frequency;
  formula: string | null;
}

/**
 * The rows of the case's table, as they stand, are the verified values; the rows as they were when the unit submitted them are the
 * reported ones. The same round again changes nothing.
 */
export async function recordValues(sql: Sql, call: ServiceCall): Promise<JsonObject> {
  const { caseId, cycleId, orgId, block, context, item, calendar, at } = call;
  if (block.type !== 'compute' || block.rule.kind !== 'record') throw new Error(`"${block.key}" records nothing`);
  if (orgId === null) throw new Error(`"${block.key}" is no block of a participant`);
  const { year } = context.facts.period;
  const table = block.rule.values;
  const endsOn = typeof item?.end === 'string' ? item.end : undefined;
  const known = await sql.query<Known>(
    `SELECT id::text, code, frequency, formula FROM cycle_indicators WHERE cycle_id = $1::uuid AND org_id = $2::uuid AND applies`,
    [cycleId, orgId],
  );
  const byCode = new Map(known.map((one) => [one.code, one]));
  const acts = await readActs(sql, caseId, table);
  const verified = valuesOf(context.data[table]);
  const reported = acts.reported ?? verified;
  const periodOf = (code: string) => {
    const one = byCode.get(code);
    return one && one.formula === null ? dueIn(one.frequency, year, endsOn) : undefined;
  };
  const entries = [...reported].flatMap(([code, value]) => {
    const period = periodOf(code);
    return period ? [{ code, period: period.key, value, evidence: acts.evidence }] : [];
  });
  const found = new Map(
    entries.flatMap(({ code }, index) => {
      const one = byCode.get(code);
      return one ? [[index, one] as const] : [];
    }),
  );
  const reporter: Reporter = { by: acts.reporter, source: 'task', at, today: calendar.dayOf(at) };
  await writeReported(sql, year, entries, found, reporter);
  const verdicts = [...verified].flatMap(([code, value]): Verified[] => {
    const [one, period] = [byCode.get(code), periodOf(code)];
    if (!one || !period) return [];
    const corrected = reported.get(code) !== value;
    return [{ id: one.id, period: period.key, state: 'verified', value, reason: corrected ? acts.reason : null }];
  });
  await writeVerified(sql, verdicts, { by: acts.verifier, at });
  await computeUnits(sql, cycleId, [orgId], at);
  const lights = await judgePeriod(sql, call, orgId);
  const late = await sql.query<{ code: string }>(
    `SELECT c.code FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
     WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies AND c.formula IS NULL AND v.state = 'due' AND v.due_on < $3::date ORDER BY c.code`,
    [cycleId, orgId, calendar.dayOf(at)],
  );
  const corrected = verdicts.filter(({ id }) => {
    const code = known.find((one) => one.id === id)?.code ?? '';
    return reported.get(code) !== verified.get(code);
  }).length;
  return { recorded: verdicts.length, corrected, missing: [...new Set(late.map(({ code }) => code))], ...lights };
}

/** Lights, suspicious values and what follows from them, where the template has rules for it. */
async function judgePeriod(sql: Sql, call: ServiceCall, orgId: string): Promise<Partial<LightSummary>> {
  const { cycleId, template, calendar, at, item, context } = call;
  if (!template.lights && !template.warnings?.flags) return {};
  const endsOn = typeof item?.end === 'string' ? item.end : `${context.facts.period.year}-12-31`;
  return recordLights(sql, { cycleId, orgId, endsOn, template, calendar, at });
}

/** Code to value of the rows that have one. */
function valuesOf(rows: Json | undefined): Map<string, string> {
  const list = Array.isArray(rows) ? rows.filter(isJsonObject) : [];
  return new Map(
    list.flatMap(({ code, value }) =>
      typeof code === 'string' && typeof value === 'string' ? [[code, value] as const] : [],
    ),
  );
}

interface ActRow {
  actor: string | null;
  kind: string;
  action: string;
  reason: string | null;
  values: JsonObject | null;
}

/** Who filled the table in and what with, who verified it and what they said: from the case's own record. */
async function readActs(sql: Sql, caseId: string, table: string) {
  const rows = await sql.query<ActRow>(
    `SELECT e.actor::text, t.kind, e.body->'events'->0->>'action' AS action, e.body->'events'->0->>'reason' AS reason, e.body->'events'->0->'values' AS values
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
  const ids = Object.values(report?.values ?? {}).flatMap((value) =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [],
  );
  const files = ids.length
    ? await sql.query<{ id: string }>(
        'SELECT id::text FROM evidence WHERE case_id = $1::uuid AND id::text = ANY($2::text[])',
        [caseId, ids],
      )
    : [];
  return {
    reported: report ? valuesOf(report.values?.[table]) : null,
    reporter: report?.actor ?? null,
    verifier: verdict?.actor ?? null,
    reason: verdict?.reason ?? null,
    evidence: files.map(({ id }) => id),
  };
}
