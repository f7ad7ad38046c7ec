import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { presentEvidence } from '../evidence/read.ts';
import { keepEvidence } from '../evidence/record.ts';
import { keepFile } from '../evidence/store.ts';
import { typeOfFile } from '../evidence/types.ts';
import { receive } from '../evidence/upload.ts';
import { problem } from '../http/problem.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { idParams, idSchema, lineText } from '../http/schema.ts';
import { evidenceSchema } from '../tasks/schema.ts';
import { findAssigned, findOpen, listAssigned, readAssigned, readChanges } from './assigned.ts';
import { readBenchmark } from './benchmark.ts';
import { decideTarget, decompose, proposeTarget, setApplies } from './change.ts';
import { addMilestone, reachMilestone, verifyMilestone } from './milestones.ts';
import {
  appliesBody,
  assignedDetail,
  assignedPage,
  assignedQuery,
  benchmarkView,
  changesPage,
  decisionBody,
  doneBody,
  milestoneBody,
  milestoneDecision,
  partsBody,
  targetBody,
} from './schema.ts';

const versionParams = z.strictObject({ id: idSchema, version: z.coerce.number().int().min(1).max(10_000) });
const SEEN = ['indicator.unknown'] as const;
const MILESTONE = ['milestone.unknown', 'indicator.closed', 'permission.denied'] as const;
const CHANGED = ['indicator.unknown', 'indicator.closed', 'permission.denied'] as const;

type Any = Pick<Call<unknown, unknown, unknown>, 'db' | 'me' | 'now' | 'deps'>;
const todayOf = ({ deps, now }: Pick<Any, 'deps' | 'now'>): string => deps.calendar().dayOf(now.toISOString());
const detail = async (call: Any, id: string) => ({ body: await readAssigned(call.db, id, call.me, todayOf(call)) });

/** A milestone and its indicator. @throws milestone.unknown to those who do not see the indicator */
const findMilestone = async ({ db, me }: Pick<Any, 'db' | 'me'>, id: string, right: 'report' | 'verify') => {
  const milestone = await db.milestone.findUnique({ where: { id } });
  if (!milestone) throw problem('milestone.unknown');
  const found = await findOpen(db, milestone.cycleIndicatorId, me, right).catch((error) => {
    throw error?.id === 'indicator.unknown' ? problem('milestone.unknown') : error;
  });
  return [milestone, found] as const;
};

/** What units are measured by in a cycle: targets, milestones, parts, evidence, comparison. */
export const assignedRoutes: Route[] = [
  route({
    id: 'assigned.list',
    method: 'get',
    path: '/assigned-indicators',
    summary: { zh: '周期内各单位的指标', en: 'the indicators of the units in a cycle' },
    can: 'business',
    input: { query: assignedQuery },
    output: { status: 200, body: assignedPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async (call) => ({ body: await listAssigned(call.db, call.query, call.me, todayOf(call)) }),
  }),
  route({
    id: 'assigned.read',
    method: 'get',
    path: '/assigned-indicators/:id',
    summary: { zh: '单位指标详情', en: 'an indicator of a unit, with targets, values and parts' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: assignedDetail },
    problems: SEEN,
    handler: (call) => detail(call, call.params.id),
  }),
  route({
    id: 'assigned.changes',
    method: 'get',
    path: '/assigned-indicators/:id/changes',
    summary: { zh: '数据变更历史', en: 'every change of its values' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: changesPage },
    problems: SEEN,
    handler: async ({ db, params, me }) => ({ body: await readChanges(db, params.id, me) }),
  }),
  route({
    id: 'assigned.benchmark',
    method: 'get',
    path: '/assigned-indicators/:id/benchmark',
    summary: {
      zh: '对标分析：本值、标杆值、差距、趋势',
      en: 'own values beside those of another place: gap and trend',
    },
    can: 'business',
    input: { params: idParams, query: z.strictObject({ place: lineText(100) }) },
    output: { status: 200, body: benchmarkView },
    problems: SEEN,
    handler: async ({ db, params, query: { place }, me }) => {
      const found = await findAssigned(db, params.id, me);
      return { body: await readBenchmark(db, found, place) };
    },
  }),
  route({
    id: 'targets.propose',
    method: 'post',
    path: '/assigned-indicators/:id/targets',
    summary: { zh: '申请调整目标', en: 'ask for another target' },
    can: 'business',
    input: { params: idParams, body: targetBody },
    output: { status: 201, body: assignedDetail },
    problems: [...CHANGED, 'target.refused', 'target.open', 'target.nobody'],
    handler: async (call) => {
      const { db, params, body, me, now } = call;
      const found = await findOpen(db, params.id, me, 'report');
      await proposeTarget(db, found, body, { by: me.id, at: now, today: todayOf(call) });
      return detail(call, params.id);
    },
  }),
  route({
    id: 'targets.decide',
    method: 'post',
    path: '/assigned-indicators/:id/targets/:version/decision',
    summary: { zh: '审批目标调整', en: 'approve or reject another target' },
    can: 'business',
    input: { params: versionParams, body: decisionBody },
    output: { status: 200, body: assignedDetail },
    problems: [...CHANGED, 'target.unknown', 'target.own'],
    handler: async (call) => {
      const { db, params, body, me, now, deps } = call;
      const found = await findOpen(db, params.id, me, 'decide');
      await decideTarget(db, found, params.version, body, { by: me.id, at: now, calendar: deps.calendar() });
      return detail(call, params.id);
    },
  }),
  route({
    id: 'assigned.applies',
    method: 'post',
    path: '/assigned-indicators/:id/applies',
    summary: { zh: '认定指标不适用或恢复适用', en: 'decide that an indicator does not apply, or does again' },
    can: 'indicators.write',
    input: { params: idParams, body: appliesBody },
    output: { status: 200, body: assignedDetail },
    problems: CHANGED,
    handler: async (call) => {
      const { db, params, body, me, now } = call;
      await setApplies(db, await findOpen(db, params.id, me, 'office'), body, { by: me.id, at: now });
      return detail(call, params.id);
    },
  }),
  route({
    id: 'assigned.decompose',
    method: 'post',
    path: '/assigned-indicators/:id/parts',
    summary: { zh: '分解到下级单位', en: 'give parts of an indicator to units below' },
    can: 'business',
    input: { params: idParams, body: partsBody },
    output: { status: 200, body: assignedDetail },
    problems: [...CHANGED, 'indicator.wrong'],
    handler: async (call) => {
      const { db, deps, params, body, me, now } = call;
      const found = await findOpen(db, params.id, me, 'report');
      const { templateKey: key, templateVersion: version } = found.cycle;
      const template = await db.template.findUnique({ where: { key_version: { key, version } } });
      const section = (template?.content as unknown as CycleTemplate | undefined)?.indicators;
      const workingDays = section?.due?.workingDays ?? 5;
      await decompose(db, found, body, { by: me.id, at: now, calendar: deps.calendar(), workingDays });
      return detail(call, params.id);
    },
  }),
  route({
    id: 'milestones.add',
    method: 'post',
    path: '/assigned-indicators/:id/milestones',
    summary: { zh: '新增里程碑', en: 'add a milestone' },
    can: 'business',
    input: { params: idParams, body: milestoneBody },
    output: { status: 201, body: assignedDetail },
    problems: CHANGED,
    handler: async (call) => {
      const { db, params, body, me, now } = call;
      await addMilestone(db, await findOpen(db, params.id, me, 'report'), body, { by: me.id, at: now });
      return detail(call, params.id);
    },
  }),
  route({
    id: 'milestones.reach',
    method: 'post',
    path: '/milestones/:id/done',
    summary: { zh: '里程碑完成（附佐证）', en: 'say that a milestone is reached, with evidence' },
    can: 'business',
    input: { params: idParams, body: doneBody },
    output: { status: 200, body: assignedDetail },
    problems: [...MILESTONE, 'milestone.verified', 'evidence.unknown'],
    handler: async (call) => {
      const { db, params, body, me, now, deps } = call;
      const [milestone, found] = await findMilestone(call, params.id, 'report');
      const ids = body.evidence;
      const files = await db.evidence.count({ where: { id: { in: ids }, caseId: found.caseId ?? randomUUID() } });
      if (files < new Set(ids).size) throw problem('evidence.unknown');
      await reachMilestone(db, found, milestone, body, { by: me.id, at: now, calendar: deps.calendar() });
      return detail(call, found.id);
    },
  }),
  route({
    id: 'milestones.verify',
    method: 'post',
    path: '/milestones/:id/verification',
    summary: { zh: '核验里程碑：确认或退回', en: 'verify that a milestone is reached, or return it' },
    can: 'business',
    input: { params: idParams, body: milestoneDecision },
    output: { status: 200, body: assignedDetail },
    problems: [...MILESTONE, 'milestone.open', 'milestone.verified', 'milestone.own'],
    handler: async (call) => {
      const { db, params, body, me, now, deps } = call;
      const [milestone, found] = await findMilestone(call, params.id, 'verify');
      await verifyMilestone(db, found, milestone, body, { by: me.id, at: now, calendar: deps.calendar() });
      return detail(call, found.id);
    },
  }),
  route({
    id: 'assigned.evidence',
    method: 'post',
    path: '/assigned-indicators/:id/evidence',
    summary: { zh: '上传指标佐证材料', en: 'upload evidence for a value or milestone' },
    can: 'business',
    change: 'own',
    input: { params: idParams, kind: 'file', body: z.object({ file: z.file(), field: z.string() }) },
    output: { status: 201, body: evidenceSchema },
    problems: [...CHANGED, 'file.missing', 'file.tooLarge', 'file.type'],
    handler: async ({ db, deps: { settings, prisma }, me, now, params, request, response }) => {
      const found = await findOpen(db, params.id, me, 'report');
      const { caseId } = found;
      if (caseId === null) throw problem('indicator.unknown');
      const upload = await receive(request, response, settings, me);
      try {
        const mime = await typeOfFile(upload.path, upload.name);
        const sha256 = await keepFile(settings.data, upload.path);
        const { name, size, level } = upload;
        // Seats count from 1: 0 is beside every task.
        const place = { caseId, seat: 0, field: found.code };
        const data = { id: randomUUID(), ...place, name, mime, size, sha256, uploadedBy: me.id, at: now, level };
        const row = await keepEvidence(prisma, data);
        const [body] = await presentEvidence(db, [row], me);
        return body ? { body } : {};
      } finally {
        await rm(upload.path, { force: true });
      }
    },
  }),
];
