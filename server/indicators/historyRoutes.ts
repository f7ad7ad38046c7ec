import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { allowed } from '../auth/sql.ts';
import { importQuery, importResult } from '../http/csvImport.ts';
import { pageOf, pageQuery, readPage } from '../http/page.ts';
import { type Route, route } from '../http/route.ts';
import { codeSchema, idSchema, instantSchema, named, refSchema } from '../http/schema.ts';
import { importHistory } from './importHistory.ts';
import { TABLE_PROBLEMS } from './libraryRoutes.ts';

const historySchema = named(
  'IndicatorYear',
  z.object({
    org: refSchema,
    code: z.string(),
    year: z.int(),
    value: z.string(),
    unit: z.string().optional(),
    source: z.string().optional(),
    setAt: instantSchema,
  }),
);

interface Row {
  org_id: string;
  org_name: string;
  code: string;
  year: number;
  value: string;
  unit: string | null;
  source: string | null;
  set_at: Date;
}

/** What indicators came to before the cycles here. */
export const historyRoutes: Route[] = [
  route({
    id: 'history.list',
    method: 'get',
    path: '/indicator-history',
    summary: { zh: '指标历年数据', en: 'values of years before the cycles here' },
    can: 'business',
    input: { query: z.strictObject({ ...pageQuery, org: idSchema.optional(), code: codeSchema.optional() }) },
    output: { status: 200, body: pageOf(historySchema) },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => {
      const page = await readPage<Row>(
        db,
        {
          columns: Prisma.sql`h.org_id, o.name AS org_name, h.code, h.year, trim_scale(h.value)::text AS value, h.unit, h.source, h.set_at`,
          from: Prisma.sql`indicator_history h JOIN org_units o ON o.id = h.org_id`,
          where: [
            allowed(me, 'read', 'IndicatorHistory'),
            ...(query.org ? [Prisma.sql`h.org_id = ${query.org}::uuid`] : []),
            ...(query.code ? [Prisma.sql`h.code = ${query.code}`] : []),
          ],
          sorts: { year: { by: Prisma.sql`h.year`, type: 'int' } },
          sort: '-year',
          id: Prisma.sql`(h.org_id::text || '/' || h.code || '/' || h.year)`,
        },
        query,
      );
      const items = page.items.map(({ org_id, org_name, code, year, value, unit, source, set_at }) => ({
        org: { id: org_id, name: org_name },
        code,
        year,
        value,
        ...(unit !== null && { unit }),
        ...(source !== null && { source }),
        setAt: set_at.toISOString(),
      }));
      return { body: { ...page, items } };
    },
  }),
  route({
    id: 'history.import',
    method: 'post',
    path: '/indicator-history/import',
    summary: { zh: '导入指标历年数据（CSV 或 Excel）', en: 'import values of earlier years from CSV or Excel' },
    can: 'indicators.write',
    input: { query: importQuery, kind: 'table' },
    output: { status: 200, body: importResult },
    problems: TABLE_PROBLEMS,
    handler: async ({ db, query, body, me, now }) => ({
      body: await importHistory(db, body as Buffer, { dryRun: query.dryRun === 'true', by: me.id, at: now }),
    }),
  }),
];
