import type { z } from 'zod';
import type { CycleIndicator } from '../../prisma/client/client.ts';
import { Prisma } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { periodsOf } from '../../workflows/indicators/period.ts';
import type { Frequency } from '../../workflows/indicators/schema.ts';
import { refuseChange } from '../../workflows/indicators/targets.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { isDuplicate } from '../http/errors.ts';
import { problem } from '../http/problem.ts';
import { judgeLast } from '../lights/judge.ts';
import { tellPeople } from '../talk/tell.ts';
import { cycleIndicatorId } from './ids.ts';
import type { partsBody, targetBody } from './schema.ts';

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
  const deciders = await decidersOf(db, found, by);
  if (found.approves !== null && deciders.length === 0) throw problem('target.nobody', { role: found.approves });
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
  const before = last && figure(last);
  await tellOf(db, found, deciders, at, ({ zh, en }) => ({
    subject: { zh: `目标调整待审批：${zh}`, en: `A change of a target waits for your decision: ${en}` },
    body: {
      zh: `${zh}：申请由 ${before ?? '—'} 调整为 ${figure({ value, low, high })}。事由：${reason}`,
      en: `${en}: from ${before ?? '—'} to ${figure({ value, low, high })} is asked for. Reason: ${reason}`,
    },
  }));
  return next;
};

/** A target as text: `80`, or a band `2–5`. */
const figure = ({ value, low, high }: Record<'value' | 'low' | 'high', { toString(): string } | null | undefined>) =>
  value !== null && value !== undefined ? value.toString() : `${low ?? ''}–${high ?? ''}`;

/** Who decides on another target, but for whoever asks: holders of the role that approves it, else the performance office. */
const decidersOf = async (db: Database, { approves }: Found, asker: string): Promise<string[]> => {
  const held = await db.role.findMany({
    where: { role: approves ?? OFFICE, orgId: null, personId: { not: asker }, person: { active: true } },
    select: { personId: true },
  });
  return [...new Set(held.map(({ personId }) => personId))];
};

const OFFICE = 'performanceOffice';

/** Tells people about the target of an indicator, with the unit's name and the indicator's. */
const tellOf = async (
  db: Database,
  { orgId, caseId, name, nameEn }: CycleIndicator,
  people: string[],
  at: Date,
  message: (about: Text) => { subject: Text; body: Text },
): Promise<void> => {
  if (caseId === null) return;
  const org = await db.orgUnit.findUniqueOrThrow({ where: { id: orgId }, select: { name: true, nameEn: true } });
  const about = { zh: `${org.name}“${name}”`, en: `${nameEn ?? name} of ${org.nameEn ?? org.name}` };
  await tellPeople(db, { kind: 'target', caseId, seat: null, people, message: message(about) }, at);
};

/**
 * Approves or rejects what was asked for; whoever asked does not decide. Every version stays. By an approved one the last period that
 * was judged is judged anew; earlier ones keep the light of the target that was in force.
 */
export const decideTarget = async (
  db: Database,
  found: Found,
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
  const asked = open.askedBy === null ? [] : [open.askedBy];
  await tellOf(db, found, asked, at, ({ zh, en }) => ({
    subject: {
      zh: `目标调整${approve ? '已批准' : '未获批准'}：${zh}`,
      en: `The change of a target is ${approve ? 'approved' : 'rejected'}: ${en}`,
    },
    body: {
      zh: `${zh}：调整为 ${figure(open)} 的申请${approve ? '已批准' : '未获批准'}。${reason ?? ''}`,
      en: `${en}: the change to ${figure(open)} is ${approve ? 'approved' : 'rejected'}. ${reason ?? ''}`,
    },
  }));
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
      // Evidence and lights of a part stand in the unit's case.
      caseId: whole.caseId,
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
