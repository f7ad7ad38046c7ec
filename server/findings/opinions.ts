import { v7 as uuidv7 } from 'uuid';
import { Prisma } from '../../prisma/client/client.ts';
import type { FINDING_SEVERITIES } from '../../workflows/adjustments/schema.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { inTurn } from '../talk/tell.ts';
import { checkIndicators } from './indicators.ts';
import { checkParticipants, recordFindings } from './record.ts';
import type { By } from './write.ts';

/** What a rater wrote, about a unit or about none. */
export interface NewOpinion {
  orgId?: string | undefined;
  layer?: string | undefined;
  text: string;
}

/** Takes in what raters wrote; it is sorted later. Gives the ids. */
export const recordOpinions = async (
  db: Database,
  { cycleId, at }: { cycleId: string; at: Date },
  opinions: readonly NewOpinion[],
): Promise<string[]> => {
  await checkParticipants(
    db,
    cycleId,
    opinions.flatMap(({ orgId }) => orgId ?? []),
  );
  const rows = opinions.map(({ orgId, layer, text }) => ({
    id: uuidv7(),
    cycleId,
    orgId: orgId ?? null,
    layer: layer ?? null,
    text,
    at,
  }));
  await db.opinion.createMany({ data: rows });
  return rows.map(({ id }) => id);
};

/** Sorts opinions into praise and what asks for improvement. What is in a goal already stays an opinion. */
export const sortOpinions = async (
  db: Database,
  cycleId: string,
  ids: readonly string[],
  sort: 'praise' | 'opinion',
  { by, at }: By,
): Promise<void> => {
  const { count } = await db.opinion.updateMany({
    where: { id: { in: [...ids] }, cycleId, ...(sort === 'praise' && { goalId: null }) },
    data: { sort, sortedBy: by, sortedAt: at },
  });
  if (count === new Set(ids).size) return;
  const kept = await db.opinion.findMany({
    where: { id: { in: [...ids] }, cycleId, goalId: null },
    select: { id: true },
  });
  throw problem('opinion.unknown', { ids: ids.filter((id) => !kept.some((row) => row.id === id)) });
};

export interface NewGoal {
  cycleId: string;
  title: string;
  what: string;
  indicator?: string | undefined;
  /** The opinions that are merged into it. */
  opinions: string[];
  /** To whom it will be issued. */
  units: string[];
}

/** Merges opinions into one improvement goal, to be confirmed. */
export const draftGoal = async (db: Database, goal: NewGoal, { by, at }: By): Promise<string> => {
  const { cycleId, opinions, units } = goal;
  await checkParticipants(db, cycleId, units);
  await checkIndicators(db, [goal.indicator]);
  await inTurn(db, `goals/${cycleId}`);
  const [last] = await db.$queryRaw<{ n: number }[]>(
    Prisma.sql`SELECT coalesce(max(number), 0)::int AS n FROM improvement_goals WHERE cycle_id = ${cycleId}::uuid`,
  );
  const id = uuidv7();
  const number = (last?.n ?? 0) + 1;
  const { title, what, indicator } = goal;
  await db.improvementGoal.create({
    data: { id, cycleId, number, title, what, indicatorCode: indicator ?? null, state: 'draft', madeBy: by, at },
  });
  await db.improvementGoalUnit.createMany({ data: [...new Set(units)].map((orgId) => ({ goalId: id, orgId })) });
  const wanted = [...new Set(opinions)];
  const { count } = await db.opinion.updateMany({
    where: { id: { in: wanted }, cycleId, sort: 'opinion', goalId: null },
    data: { goalId: id },
  });
  if (count === wanted.length) return id;
  const merged = await db.opinion.findMany({ where: { goalId: id }, select: { id: true } });
  throw problem('opinion.unknown', { ids: wanted.filter((one) => !merged.some((row) => row.id === one)) });
};

const move = async (db: Database, id: string, from: string, data: Prisma.ImprovementGoalUncheckedUpdateManyInput) => {
  const { count } = await db.improvementGoal.updateMany({ where: { id, state: from }, data });
  if (count > 0) return;
  const row = await db.improvementGoal.findUnique({ where: { id }, select: { state: true } });
  throw row ? problem('goal.state', { state: row.state }) : problem('goal.unknown');
};

/** Confirms a goal as it was drafted. */
export const confirmGoal = (db: Database, id: string, { by, at }: By): Promise<void> =>
  move(db, id, 'draft', { state: 'confirmed', confirmedBy: by, confirmedAt: at });

/** Issues a confirmed goal: each of its units gets a finding, which is rectified like any other. */
export const issueGoal = async (
  db: Database,
  id: string,
  severity: (typeof FINDING_SEVERITIES)[number],
  { by, at }: By,
): Promise<string[]> => {
  await move(db, id, 'confirmed', { state: 'issued', issuedBy: by, issuedAt: at });
  const goal = await db.improvementGoal.findUniqueOrThrow({ where: { id } });
  const units = await db.improvementGoalUnit.findMany({ where: { goalId: id }, orderBy: { orgId: 'asc' } });
  const findings = units.map(({ orgId }) => ({
    orgId,
    source: 'survey' as const,
    sourceId: id,
    indicator: goal.indicatorCode ?? undefined,
    severity,
    what: goal.title,
    advice: goal.what,
  }));
  return recordFindings(db, { cycleId: goal.cycleId, by, at }, findings);
};
