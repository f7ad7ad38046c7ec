import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { subject } from '@casl/ability';
import { z } from 'zod';
import { type Evidence, Prisma } from '../../prisma/client/client.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { formFields } from '../../workflows/template/access.ts';
import { settle } from '../audit/record.ts';
import { accessible } from '../auth/accessible.ts';
import type { Me } from '../auth/me.ts';
import { policyOf } from '../auth/rules.ts';
import { allowed } from '../auth/sql.ts';
import type { Definitions } from '../cases/definitions.ts';
import { hiddenOf } from '../cases/visibility.ts';
import { overPrisma } from '../db/sql.ts';
import type { Engine } from '../engine/index.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { type FoundTask, findTask } from '../tasks/find.ts';
import { evidenceSchema, taskParams } from '../tasks/schema.ts';
import { presentEvidence } from './read.ts';
import { keepEvidence } from './record.ts';
import { sendFile } from './send.ts';
import { keepFile } from './store.ts';
import { typeOfFile } from './types.ts';
import { receive } from './upload.ts';

const uploadBody = z.object({ file: z.file(), field: z.string() });

export const makeEvidenceRoutes = ({ definitions }: { definitions: Definitions }): Route[] => [
  route({
    id: 'evidence.upload',
    method: 'post',
    path: '/tasks/:id/evidence',
    summary: { zh: '上传佐证材料', en: 'upload evidence for a field' },
    can: 'business',
    change: 'own',
    input: { params: taskParams, kind: 'file', body: uploadBody },
    output: { status: 201, body: evidenceSchema },
    problems: ['task.unknown', 'task.closed', 'task.notYours', 'file.missing', 'file.tooLarge', 'file.type'],
    handler: async ({ db, deps: { settings, prisma }, me, now, params, request, response }) => {
      const task = await findTask(db, params.id, me);
      if (task.state !== 'open') throw problem('task.closed', { outcome: task.outcome ?? task.state });
      if (!task.mine) throw problem('task.notYours');
      const upload = await receive(request, response, settings, me);
      try {
        await checkField(task, upload.field, definitions);
        const mime = await typeOfFile(upload.path, upload.name);
        const sha256 = await keepFile(settings.data, upload.path);
        const { name, size, field, level } = upload;
        const place = { caseId: task.case_id, seat: task.seat, field };
        const data = { id: randomUUID(), ...place, name, mime, size, sha256, uploadedBy: me.id, at: now, level };
        const row = await keepEvidence(prisma, data);
        const [body] = await presentEvidence(db, [row], me);
        return body ? { body } : {};
      } finally {
        await rm(upload.path, { force: true });
      }
    },
  }),
  route({
    id: 'evidence.delete',
    method: 'delete',
    path: '/evidence/:id',
    summary: { zh: '删除尚未提交的材料', en: 'delete a file that was not submitted' },
    can: 'business',
    input: { params: idParams },
    output: { status: 204 },
    problems: ['evidence.unknown', 'evidence.used', 'permission.denied'],
    handler: async ({ db, me, params }) => {
      const row = await findEvidence(db, params.id, me);
      if (!policyOf(me).can('change', subject('Evidence', { uploadedBy: row.uploadedBy })))
        throw problem('permission.denied', { ability: 'evidence.delete' });
      const used = await db.$queryRaw<object[]>(Prisma.sql`
        SELECT 1 FROM case_events WHERE case_id = ${row.caseId}::uuid AND type = 'act' AND body::text LIKE ${`%"${row.id}"%`}
        UNION ALL SELECT 1 FROM adjustments WHERE case_id = ${row.caseId}::uuid AND ${row.id}::uuid = ANY(evidence)
        UNION ALL SELECT 1 FROM cycle_indicators i JOIN indicator_value_changes h ON h.cycle_indicator_id = i.id
          WHERE i.case_id = ${row.caseId}::uuid AND h.evidence::text LIKE ${`%"${row.id}"%`}
        UNION ALL SELECT 1 FROM cycle_indicators i JOIN milestones m ON m.cycle_indicator_id = i.id
          WHERE i.case_id = ${row.caseId}::uuid AND m.evidence::text LIKE ${`%"${row.id}"%`} LIMIT 1`);
      if (used.length > 0) throw problem('evidence.used');
      await db.evidence.delete({ where: { id: row.id } });
      return {};
    },
  }),
  route({
    id: 'evidence.content',
    method: 'get',
    path: '/evidence/:id/content',
    summary: { zh: '下载材料', en: 'download a file' },
    can: 'business',
    input: { params: idParams },
    audits: true,
    output: { status: 200, type: '*/*' },
    problems: ['evidence.unknown'],
    handler: async ({ db, deps, me, params, response }) => {
      const row = await findEvidence(db, params.id, me);
      if (row.uploadedBy !== me.id) await checkShown(deps.engine, row, me);
      await settle(overPrisma(db));
      await sendFile(response, deps.settings.data, row);
      return {};
    },
  }),
];

const checkField = async (task: FoundTask, field: string, definitions: Definitions): Promise<void> => {
  const { template } = (await definitions.read([task.definition]))(task.definition);
  const block = blockByKey(template, task.block);
  const fields = block?.type === 'task' || block?.type === 'approval' ? formFields(template, block) : [];
  if (fields.some(({ key, type }) => key === field && type === 'files')) return;
  const message = { zh: '没有这个附件字段', en: 'there is no such field for files' };
  throw problem('form.invalid', { errors: [{ path: 'field', message }] });
};

/** A file of a case that the person may see, up to their level. */
const findEvidence = async (db: Database, id: string, me: Me) => {
  const row = await db.evidence.findFirst({ where: { AND: [accessible(me, 'read', 'Evidence'), { id }] } });
  if (!row) throw problem('evidence.unknown');
  const seen = await db.$queryRaw<{ phase: string | null }[]>(
    Prisma.sql`SELECT c.phase FROM cases c WHERE c.id = ${row.caseId}::uuid AND ${allowed(me, 'read', 'Case')}`,
  );
  if (!seen[0]) throw problem('evidence.unknown');
  return { ...row, phase: seen[0].phase };
};

/** What others attach to their assessment is hidden as long as the assessment is. */
const checkShown = async (engine: Engine, row: Evidence & { phase: string | null }, me: Me): Promise<void> => {
  const hidden = hiddenOf(await engine.read(row.caseId), row.phase, me);
  if (hidden.has(row.field)) throw problem('evidence.unknown');
};
