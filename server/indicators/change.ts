import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { CycleIndicator } from '../../prisma/client/client.ts';
import { Prisma } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { periodsOf } from '../../workflows/indicators/period.ts';
import type { Frequency } from '../../workflows/indicators/schema.ts';
import { refuseChange } from '../../workflows/indicators/targets.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { isDuplicate } from '../http/errors.ts';
import { problem } from '../http/problem.ts';
import { judgeLast } from '../lights/judge.ts';
import { cycleIndicatorId } from './ids.ts';
import type { doneBody, milestoneBody, partsBody, targetBody } from './schema.ts';

interface By {
  by: string;
  at: Date;
}

type Found = CycleIndicator & { cycle: { templateKey: string; templateVersion: number; year: number } };

/** Asks for another target. @throws target.refused when the template does not allow that reason, or not on that day */
export const proposeTarget = async (
  db: Database,
  found: Found,
  { value, low, high, reasonKind, reason }: z.infer<typeof targetBody>,
  { by, at, today }: By & { today: string },
): Promise<number> => {
  const { templateKey: key, templateVersion: version, year } = found.cycle;
  const template = await db.template.findUnique({ where: { key_version: { key, version } } });
  const content = template?.content as unknown as CycleTemplate | undefined;
  const refused = refuseChange(content?.indicators?.change, { reason: reasonKind, today, year });
  if (refused)
    throw problem('target.refused', {
      ...refused.message,
      reasonId: refused.id,
      errors: [{ path: 'reasonKind', message: refused.message }],
    });
  const last = await db.indicatorTarget.findFirst({
    where: { cycleIndicatorId: found.id },
    orderBy: { version: 'desc' },
  });
  const next = (last?.version ?? 0) + 1;
  try {
    await db.indicatorTarget.create({
      data: {
        cycleIndicatorId: found.id,
        version: next,
        value: value ?? null,
        low: low ?? null,
        high: high ?? null,
        state: 'proposed',
        reasonKind,
        reason,
        askedBy: by,
        askedAt: at,
      },
    });
  } catch (error) {
    throw isDuplicate(error) ? problem('target.open') : error;
  }
  return next;
};

/**
 * Approves or rejects what was asked for; whoever asked does not decide. Every version stays. By an approved one the last period that
 * was judged is judged anew; earlier ones keep the light of the target that was in force.
 */
export const decideTarget = async (
  db: Database,
  found: Pick<CycleIndicator, 'id' | 'cycleId'>,
  version: number,
  { approve, reason }: { approve: boolean; reason?: string | undefined },
  { by, at, calendar }: By & { calendar: Calendar },
): Promise<void> => {
  const { id } = found;
  const open = await db.indicatorTarget.findUnique({
    where: { cycleIndicatorId_version: { cycleIndicatorId: id, version } },
  });
  if (open?.state !== 'proposed') throw problem('target.unknown');
  if (open.askedBy === by) throw problem('target.own');
  await db.indicatorTarget.update({
    where: { cycleIndicatorId_version: { cycleIndicatorId: id, version } },
    data: { state: approve ? 'approved' : 'rejected', decidedBy: by, decidedAt: at, decision: reason ?? null },
  });
  if (approve) await judgeLast(overPrisma(db), found, { at: at.toISOString(), calendar });
};

/** Takes an indicator out (not applicable) or in again; who and why stand among the versions of its target. */
export const setApplies = async (
  db: Database,
  found: Found,
  { applies, reason }: { applies: boolean; reason: string },
  { by, at }: By,
): Promise<void> => {
  await db.cycleIndicator.update({ where: { id: found.id }, data: { applies } });
  await db.$executeRaw(Prisma.sql`
    INSERT INTO indicator_targets (cycle_indicator_id, version, value, low, high, state, reason_kind, reason, asked_by, asked_at, decided_by, decided_at)
    SELECT ${found.id}::uuid, max(version) + 1, (array_agg(value ORDER BY version DESC) FILTER (WHERE state = 'approved'))[1],
      (array_agg(low ORDER BY version DESC) FILTER (WHERE state = 'approved'))[1], (array_agg(high ORDER BY version DESC) FILTER (WHERE state = 'approved'))[1],
      'approved', ${applies ? 'applies' : 'notApplicable'}, ${reason}, ${by}::uuid, ${at}, ${by}::uuid, ${at}
    FROM indicator_targets WHERE cycle_indicator_id = ${found.id}::uuid`);
};

export const addMilestone = async (
  db: Database,
  found: Found,
  { name, standard, dueOn }: z.infer<typeof milestoneBody>,
  { by, at }: By,
): Promise<void> => {
  const count = await db.milestone.count({ where: { cycleIndicatorId: found.id } });
  await db.milestone.create({
    data: {
      id: uuidv7({ msecs: at.getTime() }),
      cycleIndicatorId: found.id,
      position: count + 1,
      name,
      standard: standard ?? null,
      dueOn: new Date(dueOn),
      setBy: by,
      setAt: at,
    },
  });
};

/** Says that a milestone is reached, with its evidence. The last period that was judged may have counted it. */
export const reachMilestone = async (
  db: Database,
  found: Pick<CycleIndicator, 'id' | 'cycleId'>,
  id: string,
  { doneOn, note, evidence = [] }: z.infer<typeof doneBody>,
  { by, at, calendar }: By & { calendar: Calendar },
): Promise<void> => {
  await db.milestone.update({
    where: { id },
    data: { doneOn: new Date(doneOn), note: note ?? null, evidence, setBy: by, setAt: at },
  });
  await judgeLast(overPrisma(db), found, { at: at.toISOString(), calendar });
};

/** 分解: gives an indicator's parts to sections or lower units; its own value is rolled up from theirs. */
export const decompose = async (
  db: Database,
  whole: Found,
  { rollUp, parts }: z.infer<typeof partsBody>,
  { at, calendar, workingDays }: By & { calendar: Calendar; workingDays: number },
): Promise<void> => {
  const inside = await db.orgUnit.findMany({
    where: { id: { in: parts.map(({ orgId }) => orgId) }, parentId: whole.orgId, active: true },
    select: { id: true },
  });
  const errors = parts.flatMap(({ orgId }, i) => [
    ...(inside.some(({ id }) => id === orgId)
      ? []
      : [{ path: `parts[${i}].orgId`, message: { zh: '不是本单位的下级', en: 'not a unit below this one' } }]),
    ...(parts.findIndex((one) => one.orgId === orgId) < i
      ? [{ path: `parts[${i}].orgId`, message: { zh: '重复', en: 'named twice' } }]
      : []),
  ]);
  if (errors.length > 0) throw problem('indicator.wrong', { errors });
  await db.cycleIndicator.update({ where: { id: whole.id }, data: { rollUp } });
  for (const [position, { orgId, target, weight, owner }] of parts.entries()) {
    const id = cycleIndicatorId(whole.cycleId, orgId, whole.code);
    const { code, name, nameEn, kind, group, unit, direction, low, high, frequency, aggregation, startOn, dueOn } =
      whole;
    const definition = {
      name,
      nameEn,
      kind,
      group,
      unit,
      direction,
      low,
      high,
      frequency,
      aggregation,
      startOn,
      dueOn,
    };
    const own = {
      weight: weight ?? null,
      owner: owner ?? null,
      parentId: whole.id,
      monitoringUnitId: whole.monitoringUnitId,
    };
    await db.cycleIndicator.upsert({
      where: { id },
      create: { id, cycleId: whole.cycleId, orgId, code, position, ...definition, ...own },
      update: { ...own, applies: true },
    });
    await db.indicatorTarget.upsert({
      where: { cycleIndicatorId_version: { cycleIndicatorId: id, version: 1 } },
      create: {
        cycleIndicatorId: id,
        version: 1,
        value: target ?? null,
        state: 'approved',
        reasonKind: 'plan',
        askedAt: at,
        decidedAt: at,
      },
      update: {},
    });
    await db.indicatorValue.createMany({
      data: periodsOf(frequency as Frequency, whole.cycle.year).map(({ key, end }) => ({
        cycleIndicatorId: id,
        period: key,
        endsOn: new Date(end),
        dueOn: new Date(calendar.addWorkingDays(end, workingDays)),
      })),
      skipDuplicates: true,
    });
  }
};
