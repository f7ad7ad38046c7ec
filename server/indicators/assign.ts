import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { aggregationOf } from '../../workflows/indicators/course.ts';
import { issuedIndicators } from '../../workflows/indicators/issued.ts';
import { periodsOf } from '../../workflows/indicators/period.ts';
import { weightSum } from '../../workflows/indicators/weights.ts';
import type { Json } from '../../workflows/json.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { overPg, type Sql } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import type { Service } from '../engine/service.ts';
import { assignedDefinitions, libraryDefinitions } from './definitions.ts';
import { cycleIndicatorId } from './ids.ts';
import { knownBeside } from './keyTasks.ts';
import { plannedMilestones, writeMilestones } from './milestones.ts';
import { type Planned, plannedIndicators, plannedRows, sectionOf } from './planned.ts';

/** Days in which a value is reported after its period, where the template does not say. */
const DUE_WORKING_DAYS = 5;

export interface Assignment {
  cycleId: string;
  orgId: string;
  caseId: string | null;
  year: number;
  template: CycleTemplate;
  /** Rows of the plan. */
  rows: Json | undefined;
  /** Rows of the milestones that go with it. */
  milestones?: Json | undefined;
  /** Values of the case, among them what the office issued. */
  data?: Readonly<Record<string, Json>>;
  /** A part of that unit's indicators: those of the same code are rolled up from it. */
  partOf?: string;
  calendar: Calendar;
  at: string;
}

/** `assign`: the approved plan's rows and the common set become the unit's indicators of the cycle. */
export const assign: Service = async (call) => {
  const { pool, caseId, cycleId, orgId, template, block, context, item, calendar, at } = call;
  if (block.type !== 'compute' || block.rule.kind !== 'assign') throw new Error(`"${block.key}" assigns nothing`);
  if (orgId === null) throw new Error(`"${block.key}" is no block of a participant`);
  const section = typeof item?.id === 'string' ? item.id : undefined;
  const assignment: Assignment = {
    cycleId,
    orgId: section ?? orgId,
    caseId,
    year: context.facts.period.year,
    template,
    rows: context.data[block.rule.plan],
    data: context.data,
    ...(block.rule.milestones !== undefined && { milestones: context.data[block.rule.milestones] }),
    ...(section !== undefined && { partOf: orgId }),
    calendar,
    at,
  };
  return transaction(pool, (client) => assignIndicators(overPg(client), assignment));
};

interface UnitRow {
  code: string;
  category: string | null;
}

/**
 * Writes what a unit is measured by, its targets in their first version, and the values that are due. The same plan again changes
 * nothing; a changed plan (sent back and approved anew) changes definitions and weights and adds a version to changed targets.
 */
export async function assignIndicators(
  sql: Sql,
  assignment: Assignment,
): Promise<{ assigned: number; weight: string }> {
  const { cycleId, orgId, year, template, calendar, at } = assignment;
  const section = sectionOf(template);
  const [unit] = await sql.query<UnitRow>(
    `SELECT o.code, p.category FROM org_units o LEFT JOIN cycle_participants p ON p.org_id = o.id AND p.cycle_id = $1::uuid WHERE o.id = $2::uuid`,
    [cycleId, orgId],
  );
  if (!unit) throw new Error(`no unit ${orgId}`);
  const { partOf } = assignment;
  const planned =
    partOf === undefined
      ? plannedIndicators(
          section,
          { code: unit.code, category: unit.category ?? undefined },
          year,
          assignment.rows,
          await libraryDefinitions(sql),
          await knownBeside(sql, { template, orgId, year, data: assignment.data ?? {} }),
        )
      : plannedRows(section, assignment.rows, new Map(), await assignedDefinitions(sql, cycleId, partOf));
  const rows = planned.map((one, position) => rowOf(one, position, assignment));
  const list = JSON.stringify(rows);
  await writeIndicators(sql, assignment, list);
  await writeTargets(sql, list, at);
  await writeDue(sql, planned, assignment, section.due?.workingDays ?? DUE_WORKING_DAYS, calendar);
  await writeMilestones(sql, assignment, plannedMilestones(assignment.milestones, planned));
  const issued = section.issued === undefined ? undefined : assignment.data?.[section.issued];
  await linkParts(sql, assignment, [...section.list, ...issuedIndicators(section, issued)]);
  return {
    assigned: rows.length,
    weight: weightSum(planned.flatMap(({ indicator: { weight } }) => (weight === undefined ? [] : [{ weight }]))),
  };
}

function rowOf({ indicator, version, owner, dueOn }: Planned, position: number, { cycleId, orgId }: Assignment) {
  return {
    id: cycleIndicatorId(cycleId, orgId, indicator.code),
    code: indicator.code,
    version,
    position,
    name: indicator.name.zh,
    name_en: indicator.name.en,
    kind: indicator.kind,
    group: indicator.group ?? null,
    unit: indicator.unit,
    direction: indicator.direction,
    low: indicator.low ?? null,
    high: indicator.high ?? null,
    frequency: indicator.frequency,
    aggregation: aggregationOf(indicator),
    formula: indicator.formula ?? null,
    weight: indicator.weight ?? null,
    target: indicator.target ?? null,
    owner_code: indicator.owner ?? null,
    joint_codes: indicator.jointOwners ?? [],
    monitoring_code: indicator.monitoringUnit ?? null,
    owner,
    roll_up: indicator.rollUp ?? null,
    evidence_required: indicator.evidence?.required ?? false,
    evidence_kinds: indicator.evidence?.kinds ?? [],
    plausible_min: indicator.plausible?.min ?? null,
    plausible_max: indicator.plausible?.max ?? null,
    source: indicator.source ?? null,
    approves: indicator.approves ?? null,
    due_on: dueOn,
  };
}

const COLUMNS = `version, position, name, name_en, kind, "group", unit, direction, low, high, frequency, aggregation, formula, weight, owner_id, owner,
  joint_owner_ids, monitoring_unit_id, roll_up, evidence_required, evidence_kinds, plausible_min, plausible_max, source, approves, applies, start_on, due_on`;

async function writeIndicators(sql: Sql, { cycleId, orgId, caseId, year }: Assignment, list: string): Promise<void> {
  await sql.query(
    `INSERT INTO cycle_indicators (id, cycle_id, org_id, case_id, code, ${COLUMNS})
     SELECT g.id, $1::uuid, $2::uuid, $3::uuid, g.code, g.version, g.position, g.name, g.name_en, g.kind, g."group", g.unit, g.direction, g.low, g.high,
       g.frequency, g.aggregation, g.formula, g.weight, (SELECT id FROM org_units WHERE code = g.owner_code), g.owner,
       ARRAY(SELECT id FROM org_units WHERE code IN (SELECT json_array_elements_text(g.joint_codes)) ORDER BY code),
       coalesce((SELECT id FROM org_units WHERE code = g.monitoring_code), (SELECT monitoring_unit_id FROM org_units WHERE id = $2::uuid)),
       g.roll_up, g.evidence_required, ARRAY(SELECT json_array_elements_text(g.evidence_kinds)), g.plausible_min, g.plausible_max, g.source, g.approves, true,
       make_date($5::int, 1, 1), coalesce(g.due_on, make_date($5::int, 12, 31))
     FROM json_to_recordset($4::json) AS g(id uuid, code text, version int, position int, name text, name_en text, kind text, "group" text, unit text,
       direction text, low numeric, high numeric, frequency text, aggregation text, formula text, weight numeric, owner_code text, joint_codes json,
       monitoring_code text, owner text, roll_up text, evidence_required boolean, evidence_kinds json, plausible_min numeric, plausible_max numeric,
       source text, approves text, due_on date)
     ON CONFLICT (cycle_id, org_id, code) DO UPDATE SET (case_id, ${COLUMNS}) = ROW (excluded.case_id, ${COLUMNS.split(
       ',',
     )
       .map((name) => name.trim())
       // How parts are rolled up may have been said when it was broken down.
       .map((name) =>
         name === 'roll_up' ? 'coalesce(excluded.roll_up, cycle_indicators.roll_up)' : `excluded.${name}`,
       )
       .join(', ')})`,
    [cycleId, orgId, caseId, list, year],
  );
  await sql.query(
    `UPDATE cycle_indicators SET applies = false WHERE cycle_id = $1::uuid AND org_id = $2::uuid AND case_id IS NOT DISTINCT FROM $3::uuid
       AND code NOT IN (SELECT code FROM json_to_recordset($4::json) AS g(code text))`,
    [cycleId, orgId, caseId, list],
  );
}

/** A target gets a version where it has none, or where the plan that was approved anew says another. */
async function writeTargets(sql: Sql, list: string, at: string): Promise<void> {
  await sql.query(
    `INSERT INTO indicator_targets (cycle_indicator_id, version, value, low, high, state, reason_kind, asked_at, decided_at)
     SELECT g.id, coalesce(t.version, 0) + 1, g.target, g.low, g.high, 'approved', 'plan', $2::timestamptz, $2::timestamptz
     FROM json_to_recordset($1::json) AS g(id uuid, target numeric, low numeric, high numeric)
     LEFT JOIN LATERAL (SELECT version, value, low, high, reason_kind FROM indicator_targets WHERE cycle_indicator_id = g.id ORDER BY version DESC LIMIT 1) t ON true
     WHERE t.version IS NULL OR (t.reason_kind = 'plan' AND (t.value, t.low, t.high) IS DISTINCT FROM (g.target, g.low, g.high))
     ON CONFLICT DO NOTHING`,
    [list, at],
  );
}

async function writeDue(
  sql: Sql,
  planned: readonly Planned[],
  { cycleId, orgId, year }: Assignment,
  workingDays: number,
  calendar: Calendar,
): Promise<void> {
  const days = new Map<string, string>();
  const dueOn = (end: string): string => {
    const known = days.get(end) ?? calendar.addWorkingDays(end, workingDays);
    days.set(end, known);
    return known;
  };
  const due = planned.flatMap(({ indicator: { code, frequency } }) =>
    periodsOf(frequency, year).map(({ key, end }) => ({
      id: cycleIndicatorId(cycleId, orgId, code),
      period: key,
      ends_on: end,
      due_on: dueOn(end),
    })),
  );
  await sql.query(
    `INSERT INTO indicator_values (cycle_indicator_id, period, ends_on, due_on)
     SELECT id, period, ends_on, due_on FROM json_to_recordset($1::json) AS d(id uuid, period text, ends_on date, due_on date)
     ON CONFLICT (cycle_indicator_id, period) DO UPDATE SET due_on = excluded.due_on WHERE indicator_values.due_on <> excluded.due_on`,
    [JSON.stringify(due)],
  );
}

/** A section's indicators are parts of the unit's of the same code; with a `parent`, a unit's are parts of the unit above. */
async function linkParts(
  sql: Sql,
  { cycleId, orgId, partOf }: Assignment,
  list: readonly { code: string; parent?: string | undefined }[],
): Promise<void> {
  if (partOf !== undefined) {
    await sql.query(
      `UPDATE cycle_indicators part SET parent_id = whole.id FROM cycle_indicators whole
       WHERE part.cycle_id = $1::uuid AND part.org_id = $2::uuid AND whole.cycle_id = $1::uuid AND whole.org_id = $3::uuid AND whole.code = part.code`,
      [cycleId, orgId, partOf],
    );
    // Where nothing says how: shares, points and times of sections are averaged, amounts added up.
    await sql.query(
      `UPDATE cycle_indicators whole SET roll_up = CASE WHEN whole.unit ~ '[%‰分天日时]' THEN 'mean' ELSE 'sum' END
       WHERE whole.cycle_id = $1::uuid AND whole.org_id = $2::uuid AND whole.roll_up IS NULL
         AND EXISTS (SELECT FROM cycle_indicators part WHERE part.parent_id = whole.id)`,
      [cycleId, partOf],
    );
    return;
  }
  const cascades = JSON.stringify(list.flatMap(({ code, parent }) => (parent === undefined ? [] : [{ code, parent }])));
  if (cascades === '[]') return;
  // Whoever is assigned later finds the other: above or below.
  await sql.query(
    `UPDATE cycle_indicators part SET parent_id = whole.id
     FROM json_to_recordset($3::json) AS c(code text, parent text), cycle_indicators whole, org_units o
     WHERE part.cycle_id = $1::uuid AND whole.cycle_id = $1::uuid AND part.code = c.code AND whole.code = c.parent AND o.id = part.org_id
       AND whole.org_id = o.parent_id AND (part.org_id = $2::uuid OR whole.org_id = $2::uuid)`,
    [cycleId, orgId, cascades],
  );
}
