import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { checkCaseSeen } from '../cases/visibility.ts';
import { presentEvidence } from '../evidence/read.ts';
import { keepEvidence } from '../evidence/record.ts';
import { keepFile } from '../evidence/store.ts';
import { typeOfFile } from '../evidence/types.ts';
import { receive } from '../evidence/upload.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams, reasonBody } from '../http/schema.ts';
import { evidenceSchema } from '../tasks/schema.ts';
import { listAdjustments, readAdjustment, readScheme, readTotals } from './read.ts';
import {
  adjustmentDetail,
  adjustmentPage,
  adjustmentQuery,
  correctionBody,
  newAdjustmentBody,
  optionalReason,
  schemeSchema,
  totalsSchema,
} from './schema.ts';
import { correctAdjustment, decideAdjustment, FILES_FIELD, mayUpload, proposeAdjustment } from './write.ts';

const REFUSED = [
  'adjustment.unknown',
  'adjustment.state',
  'adjustment.own',
  'adjustment.notAllowed',
  'cycle.state',
] as const;

/** The ledger of bonuses, deductions and vetoes: proposed with evidence, approved by somebody else, every change on record. */
export const adjustmentRoutes: Route[] = [
  route({
    id: 'adjustments.list',
    method: 'get',
    path: '/cycles/:id/adjustments',
    summary: { zh: '加减分台账', en: 'the ledger of bonuses and deductions' },
    can: 'business',
    input: { params: idParams, query: adjustmentQuery },
    output: { status: 200, body: adjustmentPage },
    problems: ['cycle.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me }) => ({ body: await listAdjustments(db, params.id, query, me) }),
  }),
  route({
    id: 'adjustments.scheme',
    method: 'get',
    path: '/cycles/:id/adjustments/scheme',
    summary: { zh: '可以提出的加减分项目', en: 'what may be entered in the ledger' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: schemeSchema },
    problems: ['cycle.unknown', 'adjustment.none'],
    handler: async ({ db, params, me }) => ({ body: await readScheme(db, params.id, me) }),
  }),
  route({
    id: 'adjustments.totals',
    method: 'get',
    path: '/cycles/:id/adjustments/totals',
    summary: { zh: '各单位加减分合计（封顶前后）', en: 'what each unit’s entries come to, before and after the caps' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: totalsSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params, me }) => ({ body: await readTotals(db, params.id, me) }),
  }),
  route({
    id: 'adjustments.propose',
    method: 'post',
    path: '/cycles/:id/adjustments',
    summary: { zh: '提出加分、扣分或一票否决', en: 'propose a bonus, deduction or veto' },
    can: 'business',
    input: { params: idParams, body: newAdjustmentBody },
    output: { status: 201, body: adjustmentDetail },
    problems: ['cycle.unknown', 'cycle.state', 'adjustment.none', 'adjustment.notAllowed', 'adjustment.noBonus'],
    handler: async ({ db, params, body, me, now }) => {
      const id = await proposeAdjustment(db, params.id, body, me, now);
      return { body: await readAdjustment(db, id, me), version: 1 };
    },
  }),
  route({
    id: 'adjustments.read',
    method: 'get',
    path: '/adjustments/:id',
    summary: { zh: '一条加减分记录及其变更', en: 'an entry of the ledger with its changes' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: adjustmentDetail },
    problems: ['adjustment.unknown'],
    handler: async ({ db, params, me }) => {
      const body = await readAdjustment(db, params.id, me);
      return { body, version: body.version };
    },
  }),
  route({
    id: 'adjustments.correct',
    method: 'patch',
    path: '/adjustments/:id',
    summary: { zh: '更正尚未审批的记录', en: 'correct a proposal that nobody has decided' },
    can: 'business',
    ifMatch: true,
    input: { params: idParams, body: correctionBody },
    output: { status: 200, body: adjustmentDetail },
    problems: [...REFUSED],
    handler: async ({ db, params, body, me, now, ifMatch }) => {
      await correctAdjustment(db, params.id, body, ifMatch, me, now);
      const entry = await readAdjustment(db, params.id, me);
      return { body: entry, version: entry.version };
    },
  }),
  ...(['approve', 'reject', 'withdraw', 'revoke'] as const).map((verb) => {
    const needsReason = verb === 'reject' || verb === 'revoke';
    return route({
      id: `adjustments.${verb}`,
      method: 'post',
      path: `/adjustments/:id/${verb}`,
      summary: {
        zh: { approve: '批准（不得为提出人）', reject: '不予批准', withdraw: '撤回', revoke: '撤销已批准的记录' }[verb],
        en: {
          approve: 'approve an entry that somebody else proposed',
          reject: 'reject it',
          withdraw: 'take it back',
          revoke: 'revoke an approved entry',
        }[verb],
      },
      can: 'business',
      input: { params: idParams, body: needsReason ? reasonBody : optionalReason },
      output: { status: 200, body: adjustmentDetail },
      problems: [...REFUSED, 'adjustment.noBonus', 'adjustment.special'],
      handler: async ({ db, params, body, me, now }) => {
        await decideAdjustment(db, params.id, verb, body.reason, me, now);
        const entry = await readAdjustment(db, params.id, me);
        return { body: entry, version: entry.version };
      },
    });
  }),
  route({
    id: 'adjustments.upload',
    method: 'post',
    path: '/cases/:id/adjustment-files',
    summary: { zh: '上传加减分佐证材料', en: 'upload evidence for the ledger' },
    can: 'business',
    change: 'own',
    input: { params: idParams, kind: 'file', body: z.object({ file: z.file() }) },
    output: { status: 201, body: evidenceSchema },
    problems: ['case.unknown', 'file.missing', 'file.tooLarge', 'file.type'],
    handler: async ({ db, deps: { settings, prisma }, me, now, params, request, response }) => {
      if (!(await mayUpload(db, params.id, me))) await checkCaseSeen(db, params.id, me);
      const participant = await db.case.findUnique({ where: { id: params.id }, select: { kind: true } });
      if (participant?.kind !== 'participant') throw problem('case.unknown');
      const upload = await receive(request, response, settings, me);
      try {
        const mime = await typeOfFile(upload.path, upload.name);
        const sha256 = await keepFile(settings.data, upload.path);
        const { name, size, level } = upload;
        const place = { caseId: params.id, seat: 0, field: FILES_FIELD };
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
