import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { CycleIndicator, Milestone } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import { overPrisma, type Sql } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { judgeLast } from '../lights/judge.ts';
import { cycleIndicatorId, milestoneId } from './ids.ts';
import { PlanError, type Planned } from './planned.ts';
import type { doneBody, milestoneBody, milestoneDecision } from './schema.ts';

interface By {
  by: string;
  at: Date;
}

/** A milestone that the plan names, and the indicator that it is of. */
export interface PlannedMilestone {
  code: string;
  position: number;
  name: string;
  standard: string | null;
  dueOn: string;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value.trim() : '');

/**
 * The milestones of a plan: each row names its indicator by code or by name.
 *
 * @throws PlanError for a row whose indicator the plan has not, or two indicators of that name
 */
export function plannedMilestones(rows: Json | undefined, planned: readonly Planned[]): PlannedMilestone[] {
  const given = Array.isArray(rows) ? rows.filter(isJsonObject) : [];
  const counts = new Map<string, number>();
  return given.map((row, i) => {
    const code = indicatorOf(row, i, planned);
    const position = (counts.get(code) ?? 0) + 1;
    counts.set(code, position);
    return {
      code,
      position,
      name: textOf(row.name),
      standard: textOf(row.standard) || null,
      dueOn: textOf(row.dueDate),
    };
  });
}

function indicatorOf(row: JsonObject, i: number, planned: readonly Planned[]): string {
  const named = textOf(row.indicator);
  const byCode = planned.find(({ indicator }) => indicator.code === named);
  const byName = planned.filter(({ written, indicator: { name } }) => [written, name.zh, name.en].includes(named));
  const [found] = byCode ? [byCode] : byName;
  if (found && (byCode || byName.length === 1)) return found.indicator.code;
  const zh = found ? `有多个名为“${named}”的指标，请填编号` : `计划中没有指标“${named}”，请填其编号或名称`;
  const en = found
    ? `more than one indicator is called "${named}": give the code`
    : `the plan has no indicator "${named}": give its code or name`;
  throw new PlanError('plan.milestone', { zh: `${zh}。`, en: `${en}.` }, `[${i}].indicator`);
}

/** Where those begin that are added beside the plan. */
const ADDED_FROM = 1000;

/**
 * Writes the milestones of an approved plan. A plan that is approved anew takes the place of the former, but what was said to be
 * reached stays as it is.
 */
export async function writeMilestones(
  sql: Sql,
  { cycleId, orgId }: { cycleId: string; orgId: string },
  milestones: readonly PlannedMilestone[],
): Promise<void> {
  const rows = milestones.map(({ code, ...one }) => {
    const indicator = cycleIndicatorId(cycleId, orgId, code);
    return { id: milestoneId(indicator, one.position), indicator, ...one };
  });
  const list = JSON.stringify(rows);
  await sql.query(
    `DELETE FROM milestones m USING cycle_indicators c
     WHERE c.id = m.cycle_indicator_id AND c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND m.planned AND m.set_at IS NULL
       AND m.id NOT IN (SELECT id FROM json_to_recordset($3::json) AS g(id uuid))`,
    [cycleId, orgId, list],
  );
  await sql.query(
    `INSERT INTO milestones (id, cycle_indicator_id, position, name, standard, due_on, planned)
     SELECT id, indicator, position, name, standard, "dueOn", true
     FROM json_to_recordset($1::json) AS g(id uuid, indicator uuid, position int, name text, standard text, "dueOn" date)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, standard = excluded.standard, due_on = excluded.due_on
     WHERE milestones.set_at IS NULL`,
    [list],
  );
}

/** Adds a milestone beside those of the plan. */
export const addMilestone = async (
  db: Database,
  found: CycleIndicator,
  { name, standard, dueOn }: z.infer<typeof milestoneBody>,
  { by, at }: By,
): Promise<void> => {
  const last = await db.milestone.aggregate({ where: { cycleIndicatorId: found.id }, _max: { position: true } });
  await db.milestone.create({
    data: {
      id: uuidv7({ msecs: at.getTime() }),
      cycleIndicatorId: found.id,
      position: Math.max(last._max.position ?? 0, ADDED_FROM - 1) + 1,
      name,
      standard: standard ?? null,
      dueOn: new Date(dueOn),
      setBy: by,
      setAt: at,
    },
  });
};

/**
 * Says that a milestone is reached, with its evidence. The last period that was judged may have counted it.
 *
 * @throws milestone.verified when that is settled
 */
export const reachMilestone = async (
  db: Database,
  found: Pick<CycleIndicator, 'id' | 'cycleId'>,
  milestone: Milestone,
  { doneOn, note, evidence }: z.infer<typeof doneBody>,
  { by, at, calendar }: By & { calendar: Calendar },
): Promise<void> => {
  if (milestone.verifiedAt) throw problem('milestone.verified');
  await db.milestone.update({
    where: { id: milestone.id },
    data: { doneOn: new Date(doneOn), note: note ?? null, evidence, setBy: by, setAt: at, reason: null },
  });
  await judgeLast(overPrisma(db), found, { at: at.toISOString(), calendar });
};

/**
 * Whoever verifies the indicator's values accepts that it is reached, or returns it with a reason: then it is open again.
 *
 * @throws milestone.open, milestone.verified, milestone.own
 */
export const verifyMilestone = async (
  db: Database,
  found: Pick<CycleIndicator, 'id' | 'cycleId'>,
  { id, doneOn, verifiedAt, setBy }: Milestone,
  { accept, reason }: z.infer<typeof milestoneDecision>,
  { by, at, calendar }: By & { calendar: Calendar },
): Promise<void> => {
  if (verifiedAt) throw problem('milestone.verified');
  if (!doneOn) throw problem('milestone.open');
  if (setBy === by) throw problem('milestone.own');
  await db.milestone.update({
    where: { id },
    data: accept
      ? { verifiedBy: by, verifiedAt: at, reason: reason ?? null }
      : { doneOn: null, reason: reason ?? null },
  });
  if (!accept) await judgeLast(overPrisma(db), found, { at: at.toISOString(), calendar });
};

/** How far a milestone is. */
export const milestoneState = ({ verifiedAt, doneOn, reason }: Milestone) =>
  verifiedAt ? 'verified' : doneOn ? 'reached' : reason !== null ? 'returned' : 'due';
