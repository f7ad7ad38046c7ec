import { rm } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { proposeDeduction } from '../adjustments/write.ts';
import { settle } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import { sendFile } from '../evidence/send.ts';
import { keepFile } from '../evidence/store.ts';
import { typeOfFile } from '../evidence/types.ts';
import { receive } from '../evidence/upload.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams, idSchema } from '../http/schema.ts';
import { checkIndicators } from './indicators.ts';
import { listFindings, listInspections, readFinding, readInspection } from './read.ts';
import { recordFindings } from './record.ts';
import {
  closeBody,
  fileSchema,
  findingBody,
  findingPage,
  findingQuery,
  findingSchema,
  foundBody,
  inspectionBody,
  inspectionPage,
  inspectionQuery,
  inspectionSchema,
} from './schema.ts';
import { checkPast, closeFinding, recordInspection } from './write.ts';

const fileParams = z.strictObject({ id: idSchema, file: idSchema });

export const findingRoutes: Route[] = [
  route({
    id: 'inspections.list',
    method: 'get',
    path: '/inspections',
    summary: { zh: '督查列表', en: 'inspections' },
    can: 'business',
    input: { query: inspectionQuery },
    output: { status: 200, body: inspectionPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => ({ body: await listInspections(db, query, me) }),
  }),
  route({
    id: 'inspections.create',
    method: 'post',
    path: '/inspections',
    summary: { zh: '登记督查及发现的问题', en: 'put an inspection on record with what it found' },
    can: 'findings.write',
    input: { body: inspectionBody },
    output: { status: 201, body: inspectionSchema },
    problems: ['cycle.unknown', 'cycle.state', 'finding.unit'],
    handler: async ({ db, body, me, now, deps }) => {
      checkPast(body.day, now, deps.calendar());
      const { id } = await recordInspection(db, body, { by: me.id, at: now });
      return { body: await readInspection(db, id, me) };
    },
  }),
  route({
    id: 'inspections.read',
    method: 'get',
    path: '/inspections/:id',
    summary: { zh: '督查', en: 'an inspection' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: inspectionSchema },
    problems: ['inspection.unknown'],
    handler: async ({ db, params, me }) => ({ body: await readInspection(db, params.id, me) }),
  }),
  route({
    id: 'inspections.findings',
    method: 'get',
    path: '/inspections/:id/findings',
    summary: { zh: '督查发现的问题', en: 'what an inspection found' },
    can: 'business',
    input: { params: idParams, query: findingQuery },
    output: { status: 200, body: findingPage },
    problems: ['inspection.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me }) => {
      await readInspection(db, params.id, me);
      return { body: await listFindings(db, query, me, [Prisma.sql`f.source_id = ${params.id}::uuid`]) };
    },
  }),
  route({
    id: 'inspections.find',
    method: 'post',
    path: '/inspections/:id/findings',
    summary: { zh: '补充督查发现的问题', en: 'add what an inspection found' },
    can: 'findings.write',
    input: { params: idParams, body: foundBody },
    output: { status: 201, body: findingSchema },
    problems: ['inspection.unknown', 'cycle.state', 'adjustment.none', 'adjustment.notAllowed'],
    handler: async ({ db, params, body: { propose, ...body }, me, now }) => {
      const { cycle, org } = await readInspection(db, params.id, me);
      await checkIndicators(db, [body.indicator]);
      const found = { ...body, orgId: org.id, source: 'inspection' as const, sourceId: params.id };
      const [id = ''] = await recordFindings(db, { cycleId: cycle.id, by: me.id, at: now }, [found]);
      if (propose)
        await proposeDeduction(
          db,
          {
            ...propose,
            cycleId: cycle.id,
            orgId: org.id,
            reason: body.what,
            severity: body.severity,
            cause: { kind: 'finding', id },
          },
          me,
          now,
        );
      return { body: await readFinding(db, id, me) };
    },
  }),
  route({
    id: 'findings.list',
    method: 'get',
    path: '/findings',
    summary: { zh: '问题清单', en: 'findings' },
    can: 'business',
    input: { query: findingQuery },
    output: { status: 200, body: findingPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => ({ body: await listFindings(db, query, me) }),
  }),
  route({
    id: 'findings.create',
    method: 'post',
    path: '/findings',
    summary: { zh: '登记考评结果反映的问题', en: 'put on record what the results show' },
    can: 'findings.write',
    input: { body: findingBody },
    output: { status: 201, body: findingSchema },
    problems: ['cycle.unknown', 'cycle.state', 'finding.unit', 'adjustment.none', 'adjustment.notAllowed'],
    handler: async ({ db, body: { cycleId, propose, ...body }, me, now }) => {
      await checkIndicators(db, [body.indicator]);
      const [id = ''] = await recordFindings(db, { cycleId, by: me.id, at: now }, [{ ...body, source: 'result' }]);
      const { orgId, what: reason, severity } = body;
      if (propose)
        await proposeDeduction(
          db,
          { ...propose, cycleId, orgId, reason, severity, cause: { kind: 'finding', id } },
          me,
          now,
        );
      return { body: await readFinding(db, id, me) };
    },
  }),
  route({
    id: 'findings.read',
    method: 'get',
    path: '/findings/:id',
    summary: { zh: '问题', en: 'a finding' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: findingSchema },
    problems: ['finding.unknown'],
    handler: async ({ db, params, me }) => ({ body: await readFinding(db, params.id, me) }),
  }),
  route({
    id: 'findings.close',
    method: 'post',
    path: '/findings/:id/close',
    summary: { zh: '无需整改，说明理由后关闭', en: 'close what needs no rectification' },
    can: 'findings.write',
    input: { params: idParams, body: closeBody },
    output: { status: 200, body: findingSchema },
    problems: ['finding.unknown', 'finding.state'],
    handler: async ({ db, params, body, me, now }) => {
      await closeFinding(db, params.id, body.reason, { by: me.id, at: now });
      return { body: await readFinding(db, params.id, me) };
    },
  }),
  route({
    id: 'findings.upload',
    method: 'post',
    path: '/findings/:id/evidence',
    summary: { zh: '上传问题的佐证材料', en: 'upload evidence of a finding' },
    can: 'findings.write',
    change: 'own',
    input: { params: idParams, kind: 'file', body: z.object({ file: z.file() }) },
    output: { status: 201, body: fileSchema },
    problems: ['finding.unknown', 'finding.state', 'file.missing', 'file.tooLarge', 'file.type'],
    handler: async ({ db, deps: { settings, prisma }, me, now, params, request, response }) => {
      const { state } = await readFinding(db, params.id, me);
      if (state === 'closed') throw problem('finding.state', { state });
      const upload = await receive(request, response, settings, me);
      try {
        const mime = await typeOfFile(upload.path, upload.name);
        const sha256 = await keepFile(settings.data, upload.path);
        const { name, size } = upload;
        const row = { id: uuidv7(), findingId: params.id, name, mime, size, sha256, uploadedBy: me.id, at: now };
        const { id } = row;
        await prisma.$transaction(async (tx) => {
          await tx.findingFile.create({ data: row });
          await settle(overPrisma(tx), { made: id });
        });
        return {
          body: { id, name, mime, size, sha256, at: now.toISOString(), uploadedBy: { id: me.id, name: me.name } },
        };
      } finally {
        await rm(upload.path, { force: true });
      }
    },
  }),
  route({
    id: 'findings.content',
    method: 'get',
    path: '/findings/:id/evidence/:file/content',
    summary: { zh: '下载问题的佐证材料', en: 'download evidence of a finding' },
    can: 'business',
    input: { params: fileParams },
    audits: true,
    output: { status: 200, type: '*/*' },
    problems: ['finding.unknown', 'evidence.unknown'],
    handler: async ({ db, deps, me, params, response }) => {
      await readFinding(db, params.id, me);
      const row = await db.findingFile.findFirst({ where: { id: params.file, findingId: params.id } });
      if (!row) throw problem('evidence.unknown');
      await settle(overPrisma(db));
      await sendFile(response, deps.settings.data, row);
      return {};
    },
  }),
];
