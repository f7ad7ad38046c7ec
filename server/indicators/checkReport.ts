import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import { spanOf } from '../../workflows/machine/items.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import type { Field } from '../../workflows/template/field.ts';
import { REPORTED } from '../../workflows/template/sources.ts';
import type { Text } from '../../workflows/text.ts';
import type { Sql } from '../db/sql.ts';
import type { CaseState } from '../engine/index.ts';
import type { FieldError } from '../http/problem.ts';
import { BY_HAND } from './byHand.ts';
import { fileIds, PROOF } from './submitted.ts';
import { checkEntries, type Reporter } from './values.ts';

interface Place {
  code: string;
  id: string;
  period: string;
  evidence: string[];
  has_evidence: boolean;
}

/**
 * Why the values in a form's tables of what is due cannot be taken, each at its row and column; the rules are those of every other
 * way in. Whoever verifies corrects with a reason.
 */
export async function reportErrors(
  sql: Sql,
  state: CaseState,
  block: HumanBlock,
  fields: readonly Field[],
  values: JsonObject,
  { reason, at, calendar }: Pick<Reporter, 'at' | 'calendar'> & { reason: string | undefined },
): Promise<(FieldError & { id: string })[]> {
  const { id: caseId, cycleId, orgId, context } = state;
  const tables = fields.flatMap((field) =>
    field.type === 'table' && REPORTED.has(field.source) && Object.hasOwn(values, field.key) ? [field.key] : [],
  );
  if (tables.length === 0 || cycleId === null || orgId === null) return [];
  const { period } = context.facts;
  const { end: endsOn } = spanOf(context.live[block.key]?.item, period);
  const places = await readPlaces(
    sql,
    { caseId, cycleId, orgId, endsOn },
    fileIds(block, { ...context.data, ...values }),
  );
  const errors = await Promise.all(
    tables.map(async (table) => {
      const rows = rowsOf(values[table]).flatMap(({ row, at: n }) => {
        const place = places.get(String(row.code));
        return place && typeof row.value === 'string' ? [{ ...place, value: row.value, n }] : [];
      });
      const reporter = { by: null, source: 'task', at, calendar, caseId } as const;
      const { errors: wrong } = await checkEntries(sql, { cycleId, year: period.year }, rows, reporter);
      const proven = (index: number) => block.type !== 'task' || rows[index]?.has_evidence === true;
      return wrong.flatMap(({ index, at: column, id, message }) =>
        id === 'value.evidence' && proven(index)
          ? []
          : [{ path: `${table}[${rows[index]?.n}].${column === 'code' ? 'code' : 'value'}`, id, message }],
      );
    }),
  );
  const corrected = tables.some((table) => changes(context.data[table], values[table]));
  const unexplained = block.type === 'approval' && corrected && reason === undefined;
  return [...errors.flat(), ...(unexplained ? [{ path: 'reason', id: 'value.reason', message: CORRECTED }] : [])];
}

const CORRECTED: Text = { zh: '更正数据须写明理由。', en: 'Values are corrected with a reason.' };

const rowsOf = (rows: Json | undefined): { row: JsonObject; at: number }[] =>
  Array.isArray(rows) ? rows.flatMap((row, at) => (isJsonObject(row) ? [{ row, at }] : [])) : [];

/** Whether a value of a table is another one than before. */
function changes(before: Json | undefined, after: Json | undefined): boolean {
  const known = new Map(rowsOf(before).map(({ row }) => [row.code, row.value ?? null]));
  return rowsOf(after).some(({ row }) => (known.get(row.code) ?? null) !== (row.value ?? null));
}

/** What is due from a unit for the period that ends on a day, by code, with the report's files that would be evidence of it. */
async function readPlaces(
  sql: Sql,
  { caseId, cycleId, orgId, endsOn }: { caseId: string; cycleId: string; orgId: string; endsOn: string },
  files: readonly string[],
): Promise<Map<string, Place>> {
  const rows = await sql.query<Place>(
    `SELECT c.id::text, c.code, v.period, ${PROOF('$4', '$5')} AS evidence, json_array_length(v.evidence) > 0 AS has_evidence
     FROM cycle_indicators c JOIN indicator_values v ON v.cycle_indicator_id = c.id AND v.ends_on = $3::date
     WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies AND ${BY_HAND}`,
    [cycleId, orgId, endsOn, files, caseId],
  );
  return new Map(rows.map((row) => [row.code, row]));
}
