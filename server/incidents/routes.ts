import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { type Text, textSchema } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { seesAll } from '../auth/policy.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, pageOf, pageQuery, readPage } from '../http/page.ts';
import { ProblemError, problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { canSchema, idParams, idSchema, instantSchema, named, reasonBody } from '../http/schema.ts';

const stateSchema = z.enum(['open', 'resolved']);

export const incidentSchema = named(
  'Incident',
  z.object({
    id: idSchema,
    kind: z.string(),
    at: instantSchema,
    cause: z.string(),
    step: textSchema.optional().meta({ description: 'the step of the template that it is about' }),
    detail: z.unknown().meta({ description: 'for the system administrator without what was entered' }),
    state: stateSchema,
    retries: z.int(),
    resolvedAt: instantSchema.optional(),
    case: z.object({ id: idSchema, title: z.string().optional() }).optional(),
    can: canSchema,
  }),
);

interface Row {
  id: string;
  kind: string;
  at: Date;
  cause: string;
  step: Text | null;
  detail: Record<string, Prisma.InputJsonValue>;
  state: 'open' | 'resolved';
  retries: number;
  resolved_at: Date | null;
  case_id: string | null;
  case_title: string | null;
}

const columns = Prisma.sql`i.id, i.kind, i.at, i.cause, i.detail, i.state, i.retries, i.resolved_at, i.case_id, c.title AS case_title,
  (SELECT jsonb_path_query_first(d.content::jsonb, '$.template.phases.**.blocks[*] ? (@.key == $key).name', jsonb_build_object('key', i.detail->'event'->'block'))
    FROM definitions d WHERE d.hash = c.definition) AS step`;
const from = Prisma.sql`incidents i LEFT JOIN cases c ON c.id = i.case_id`;

/** Whoever keeps the instance running sees what went wrong in it, not whose case it is nor what was entered. */
const present = (row: Row, me: Me): z.infer<typeof incidentSchema> => ({
  id: row.id,
  kind: row.kind,
  at: row.at.toISOString(),
  cause: row.cause,
  ...(row.step && { step: row.step }),
  detail: seesAll(me) ? row.detail : { stack: row.detail.stack ?? '' },
  state: row.state,
  retries: row.retries,
  ...(row.resolved_at && { resolvedAt: row.resolved_at.toISOString() }),
  ...(row.case_id && { case: { id: row.case_id, ...(seesAll(me) && { title: row.case_title ?? '' }) } }),
  can: row.state === 'open' ? ['retry', 'resolve'] : [],
});

const readRow = async (db: Database, id: string): Promise<Row> => {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`SELECT ${columns} FROM ${from} WHERE i.id = ${id}::uuid`);
  const row = rows[0];
  if (!row) throw problem('incident.unknown');
  return row;
};

export const incidentRoutes: Route[] = [
  route({
    id: 'incidents.list',
    method: 'get',
    path: '/incidents',
    summary: { zh: '异常列表', en: 'incidents' },
    can: 'incidents.read',
    input: {
      query: z.strictObject({ ...pageQuery, state: stateSchema.optional(), kind: z.string().max(50).optional() }),
    },
    output: { status: 200, body: pageOf(incidentSchema) },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => {
      const where: Prisma.Sql[] = [];
      if (query.state) where.push(Prisma.sql`i.state = ${query.state}`);
      if (query.kind) where.push(Prisma.sql`i.kind = ${query.kind}`);
      if (query.q)
        where.push(
          Prisma.sql`(i.cause${seesAll(me) ? Prisma.sql` || ' ' || coalesce(c.title, '')` : Prisma.empty}) ILIKE ${likePattern(query.q)}`,
        );
      const sorts = { at: { by: Prisma.sql`i.at`, type: 'timestamptz' as const } };
      const page = await readPage<Row>(
        db,
        { columns, from, where, sorts, sort: '-at', id: Prisma.sql`i.id::text` },
        query,
      );
      return { body: { ...page, items: page.items.map((row) => present(row, me)) } };
    },
  }),
  route({
    id: 'incidents.read',
    method: 'get',
    path: '/incidents/:id',
    summary: { zh: '异常', en: 'an incident' },
    can: 'incidents.read',
    input: { params: idParams },
    output: { status: 200, body: incidentSchema },
    problems: ['incident.unknown'],
    handler: async ({ db, params, me }) => ({ body: present(await readRow(db, params.id), me) }),
  }),
  route({
    id: 'incidents.retry',
    method: 'post',
    path: '/incidents/:id/retry',
    summary: { zh: '重试', en: 'try again what failed' },
    can: 'incidents.read',
    change: 'engine',
    input: { params: idParams },
    output: { status: 200, body: incidentSchema },
    problems: ['incident.unknown', 'incident.resolved', 'engine.incident', 'engine.unavailable'],
    handler: async ({ db, params, me, deps }) => {
      await readRow(db, params.id);
      try {
        await deps.engine.retry(params.id, { actor: me.id });
      } catch (error) {
        // It failed as before: the incident stays open and counts one more retry, which is what the caller gets to see.
        if (!(error instanceof ProblemError) || error.id !== 'engine.incident') throw error;
      }
      return { body: present(await readRow(db, params.id), me) };
    },
  }),
  route({
    id: 'incidents.resolve',
    method: 'post',
    path: '/incidents/:id/resolve',
    summary: { zh: '标为已处理', en: 'resolve by hand' },
    can: 'incidents.read',
    input: { params: idParams, body: reasonBody },
    output: { status: 200, body: incidentSchema },
    problems: ['incident.unknown', 'incident.resolved'],
    handler: async ({ db, params, body, me, now }) => {
      const { state, detail } = await readRow(db, params.id);
      if (state !== 'open') throw problem('incident.resolved');
      const { count } = await db.incident.updateMany({
        where: { id: params.id, state: 'open' },
        data: { state: 'resolved', resolvedAt: now, resolvedBy: me.id, detail: { ...detail, resolution: body.reason } },
      });
      if (count === 0) throw problem('incident.resolved');
      return { body: present(await readRow(db, params.id), me) };
    },
  }),
];
