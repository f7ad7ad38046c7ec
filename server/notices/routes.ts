import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { type Text, textSchema } from '../../workflows/text.ts';
import { accessible } from '../auth/accessible.ts';
import { likePattern, pageOf, pageQuery, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { flagQuery, idSchema, instantSchema, named } from '../http/schema.ts';

export const noticeSchema = named(
  'Notice',
  z.object({
    id: z.string(),
    at: instantSchema,
    kind: z.string(),
    subject: textSchema,
    body: textSchema,
    caseId: idSchema.optional(),
    taskId: z.string().optional(),
    readAt: instantSchema.optional(),
  }),
);

interface Row {
  id: string;
  at: Date;
  kind: string;
  subject: Text;
  body: Text;
  case_id: string | null;
  seat: number | null;
  read_at: Date | null;
}

const present = (row: Row): z.infer<typeof noticeSchema> => ({
  id: row.id,
  at: row.at.toISOString(),
  kind: row.kind,
  subject: row.subject,
  body: row.body,
  ...(row.case_id && { caseId: row.case_id }),
  ...(row.case_id && row.seat !== null && { taskId: `${row.case_id}.${row.seat}` }),
  ...(row.read_at && { readAt: row.read_at.toISOString() }),
});

export const noticeRoutes: Route[] = [
  route({
    id: 'notices.list',
    method: 'get',
    path: '/notices',
    summary: { zh: '我的通知', en: 'my notices' },
    can: 'signedIn',
    input: { query: z.strictObject({ ...pageQuery, unread: flagQuery.optional() }) },
    output: { status: 200, body: pageOf(noticeSchema) },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => {
      const where = [Prisma.sql`n.person_id = ${me.id}::uuid`];
      if (query.unread !== undefined) where.push(Prisma.sql`(n.read_at IS NULL) = ${query.unread}`);
      if (query.q) where.push(Prisma.sql`(n.subject::text || n.body::text) ILIKE ${likePattern(query.q)}`);
      const page = await readPage<Row>(
        db,
        {
          columns: Prisma.sql`n.id, n.at, n.kind, n.subject, n.body, n.case_id, n.seat, n.read_at`,
          from: Prisma.sql`notices n`,
          where,
          sorts: { at: { by: Prisma.sql`n.at`, type: 'timestamptz' } },
          sort: '-at',
          id: Prisma.sql`n.id`,
        },
        query,
      );
      return { body: { ...page, items: page.items.map(present) } };
    },
  }),
  route({
    id: 'notices.read',
    method: 'post',
    path: '/notices/:id/read',
    summary: { zh: '标为已读', en: 'mark as read' },
    can: 'signedIn',
    input: { params: z.strictObject({ id: z.string().min(1).max(200) }) },
    output: { status: 204 },
    problems: ['notice.unknown'],
    handler: async ({ db, params, me, now }) => {
      const mine = { AND: [accessible(me, 'change', 'Notice'), { id: params.id }] };
      const { count } = await db.notice.updateMany({ where: { ...mine, readAt: null }, data: { readAt: now } });
      if (count === 0 && (await db.notice.count({ where: mine })) === 0) throw problem('notice.unknown');
      return {};
    },
  }),
  route({
    id: 'notices.readAll',
    method: 'post',
    path: '/notices/read-all',
    summary: { zh: '全部标为已读', en: 'mark all as read' },
    can: 'signedIn',
    output: { status: 204 },
    handler: async ({ db, me, now }) => {
      await db.notice.updateMany({ where: { personId: me.id, readAt: null }, data: { readAt: now } });
      return {};
    },
  }),
];
