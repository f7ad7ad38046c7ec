import { isJsonObject, type Json } from '../../workflows/json.ts';
import type { CaseContext, CaseEvent, Item } from '../../workflows/machine/context.ts';
import { spanOf } from '../../workflows/machine/items.ts';
import type { Block, HumanBlock } from '../../workflows/template/block.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import { REPORTED } from '../../workflows/template/sources.ts';
import type { Extra } from '../engine/write.ts';
import { BY_HAND } from './byHand.ts';
import { KIND_OF_FILE } from './evidence.ts';
import { replacedBy } from './note.ts';

/** A step of a case, as far as reports look at it. */
export interface ReportStep {
  template: CycleTemplate;
  caseId: string;
  cycleId: string;
  orgId: string;
  before: CaseContext;
  after: CaseContext;
  event: CaseEvent;
  at: string;
}

/**
 * What a step means for the values of a period, to be written in its transaction: a report that is submitted puts them on record as
 * reported, then and not when they are verified; one that is sent back returns them; one that its unit takes back is no report any more.
 */
export function reportExtras(step: ReportStep): Extra[] {
  return reportsOf(step.template).flatMap(({ block, table }): Extra[] => {
    const { before, after } = step;
    const [was, is] = [before.live[block.key], after.live[block.key]];
    const done = after.done[block.key];
    // A deadline that lets the block pass reports nothing.
    const handedIn = step.event.type === 'act' && step.event.action === 'submit';
    const over = was && done?.round === was.round && done.outcome === 'done' && is?.round !== was.round;
    if (over) return handedIn ? [submitted(step, block, table, was.item)] : [];
    const back = is && is.round !== was?.round && done !== undefined && !isForward(step.event);
    if (!back) return [];
    return [isTakenBack(step.event) ? retrieved(step, block, table) : returned(step, block, table)];
  });
}

interface Report {
  block: HumanBlock;
  table: string;
}

/** Looked up at every step of every case. */
const known = new WeakMap<CycleTemplate, Report[]>();

/** Tasks in which values are reported: they have a table of what is due, from the unit itself or from another that owns it. */
function reportsOf(template: CycleTemplate): Report[] {
  const found = known.get(template) ?? [...blocksOf(template)].flatMap(({ block }) => tablesOf(block));
  known.set(template, found);
  return found;
}

const tablesOf = (block: Block): Report[] =>
  block.type !== 'task'
    ? []
    : (block.fields ?? []).flatMap((field) =>
        field.type === 'table' && REPORTED.has(field.source) ? [{ block, table: field.key }] : [],
      );

/** Whether what was decided last before a block opened sent the work back to it: then it goes on from what was handed in before. */
export const cameBack = ({ key }: HumanBlock, { live, done }: CaseContext): boolean => {
  const from = live[key]?.prev;
  return from !== undefined && done[from] !== undefined && done[from].outcome !== 'done';
};

/** What only ever goes on: the next period's report opens by it. */
const isForward = (event: CaseEvent): boolean =>
  event.type === 'served' || event.type === 'passed' || (event.type === 'timer' && event.do !== 'return');

const isTakenBack = ({ type }: CaseEvent): boolean => type === 'retrieve' || type === 'withdraw';

const endOf = ({ after }: ReportStep, item: Item | undefined): string => spanOf(item, after.facts.period).end;

const actorOf = (event: CaseEvent): string | null =>
  'actor' in event && typeof event.actor === 'string' && UUID.test(event.actor) ? event.actor : null;
const reasonOf = (event: CaseEvent): string | null => ('reason' in event ? (event.reason ?? null) : null);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DECIMAL = /^-?\d{1,26}(\.\d{1,12})?$/;

/** The filled rows of a table of values. */
export const valueRows = (rows: Json | undefined): { code: string; value: string }[] =>
  (Array.isArray(rows) ? rows.filter(isJsonObject) : []).flatMap(({ code, value }) =>
    typeof code === 'string' && typeof value === 'string' && DECIMAL.test(value) ? [{ code, value }] : [],
  );

/** The files that a report hands in, by their ids. */
export const fileIds = (block: HumanBlock, data: Readonly<Record<string, Json>>): string[] =>
  (block.fields ?? []).flatMap(({ type, key }) =>
    type === 'files' ? [data[key] ?? []].flat().filter((id): id is string => typeof id === 'string') : [],
  );

/** Keeps what the last part of a statement, `done`, changed. */
const kept = (action: string) => `
  INSERT INTO indicator_value_changes (cycle_indicator_id, period, revision, at, by_id, action, reported, verified, reason, note, evidence, source)
  SELECT cycle_indicator_id, period, revision, $1::timestamptz, $2::uuid, ${action}, reported, verified, reason, note, evidence, source FROM done`;

/** Of a report's files, in its case, those that are evidence of an indicator (`c`): its rule asks for evidence, and for files of their kind. */
export const PROOF = (
  ids: string,
  caseId: string,
): string => `coalesce((SELECT json_agg(f.id ORDER BY f.at, f.id) FROM evidence f
  WHERE f.id::text = ANY(${ids}::text[]) AND f.case_id = ${caseId}::uuid AND (c.evidence_required OR cardinality(c.evidence_kinds) > 0)
    AND (cardinality(c.evidence_kinds) = 0 OR ${KIND_OF_FILE('f.mime')} = ANY(c.evidence_kinds))), '[]')`;

/** A verified value that the report repeats stays verified. */
const SUBMITTED = `
  WITH given AS (
    SELECT c.id, v.period, g.value, ${PROOF('$8', '$10')} AS evidence
    FROM json_to_recordset($6::json) AS g(code text, value numeric)
    JOIN cycle_indicators c ON c.cycle_id = $3::uuid AND c.org_id = $4::uuid AND c.code = g.code AND c.applies AND ${BY_HAND}
    JOIN indicator_values v ON v.cycle_indicator_id = c.id AND v.ends_on = $5::date
  ), done AS (
    UPDATE indicator_values v SET state = 'reported', reported = g.value, reported_by = $2::uuid, reported_at = coalesce(v.reported_at, $1::timestamptz),
      reason = $7, note = CASE WHEN v.state = 'verified' AND $7::text IS NULL THEN $9::json END, source = 'task', revision = v.revision + 1,
      evidence = CASE WHEN g.evidence::text = '[]' THEN v.evidence ELSE g.evidence END
    FROM given g WHERE v.cycle_indicator_id = g.id AND v.period = g.period AND NOT (v.state = 'verified' AND v.verified = g.value)
      AND (v.reported IS DISTINCT FROM g.value OR v.state <> 'reported' OR (g.evidence::text <> '[]' AND v.evidence::text <> g.evidence::text))
    RETURNING v.*
  )${kept(`'reported'`)}`;

const REPORT = { zh: '本期报表', en: "the period's report" };

const submitted = (step: ReportStep, block: HumanBlock, table: string, item: Item | undefined): Extra => {
  const { caseId, cycleId, orgId, before, after, event, at } = step;
  const given = event.type === 'act' ? event.values?.[table] : undefined;
  const rows = valueRows(given ?? (cameBack(block, before) ? before.data[table] : undefined));
  const what = [
    JSON.stringify(rows),
    reasonOf(event),
    fileIds(block, after.data),
    JSON.stringify(replacedBy(REPORT)),
    caseId,
  ];
  return { text: SUBMITTED, values: [at, actorOf(event), cycleId, orgId, endOf(step, item), ...what] };
};

/** The values that a report handed in; who owns an indicator jointly may have reported another one since. */
const OF_REPORT = `FROM cycle_indicators c JOIN json_to_recordset($7::json) AS g(code text, value numeric) ON g.code = c.code
  WHERE v.cycle_indicator_id = c.id AND c.cycle_id = $3::uuid AND c.org_id = $4::uuid AND v.ends_on = $5::date
    AND v.state = 'reported' AND v.source = 'task' AND (v.reported = g.value OR v.reported_by = $8::uuid)`;

const ofReport = (step: ReportStep, { key }: HumanBlock, table: string): unknown[] => {
  const { at, event, cycleId, orgId, before, after } = step;
  const end = endOf(step, after.live[key]?.item);
  const by = before.done[key]?.by ?? null;
  const rows = JSON.stringify(valueRows(before.data[table]));
  return [at, actorOf(event), cycleId, orgId, end, reasonOf(event), rows, by !== null && UUID.test(by) ? by : null];
};

const returned = (step: ReportStep, block: HumanBlock, table: string): Extra => ({
  text: `WITH done AS (UPDATE indicator_values v SET state = 'returned', reason = $6, note = NULL, revision = v.revision + 1 ${OF_REPORT} RETURNING v.*)${kept(`'returned'`)}`,
  values: ofReport(step, block, table),
});

const retrieved = (step: ReportStep, block: HumanBlock, table: string): Extra => ({
  text: `WITH done AS (UPDATE indicator_values v SET state = CASE WHEN v.verified IS NULL THEN 'due' ELSE 'verified' END, reported = NULL, reported_by = NULL,
    reported_at = NULL, evidence = '[]', reason = $6, note = NULL, revision = v.revision + 1 ${OF_REPORT} RETURNING v.*)${kept(`'retrieved'`)}`,
  values: ofReport(step, block, table),
});
