import { z } from 'zod';
import { inLanguage } from '../../workflows/report/part.ts';
import type { Report } from '../../workflows/report/report.ts';
import { textSchema } from '../../workflows/text.ts';
import { settle } from '../audit/record.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import { overPrisma } from '../db/sql.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { idParams, idSchema, named } from '../http/schema.ts';
import type { Document } from '../print/document.ts';
import { print } from '../print/press.ts';
import { sendPrinted } from '../print/send.ts';
import { readReport } from './read.ts';
import type { Scope } from './scope.ts';

const choice = z.object({ key: z.string(), name: textSchema });
const cellSchema = z.union([textSchema, z.string(), z.null()]);
const nameSchema = z.union([textSchema, z.string()]);
const partSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: textSchema }),
  z.object({ kind: z.literal('paragraph'), text: textSchema }),
  z.object({ kind: z.literal('list'), items: z.array(textSchema) }),
  z.object({
    kind: z.literal('figures'),
    items: z.array(z.object({ key: z.string(), name: textSchema, value: z.string(), unit: textSchema.optional() })),
  }),
  z.object({
    kind: z.literal('table'),
    key: z.string().optional(),
    title: textSchema.optional(),
    columns: z.array(z.object({ name: textSchema, is: z.enum(['name', 'number', 'words']) })),
    rows: z.array(z.object({ cells: z.array(cellSchema), indent: z.int().optional() })),
  }),
  z.object({
    kind: z.literal('chart'),
    key: z.string().optional(),
    chart: z.object({
      form: z.enum(['bars', 'columns', 'line']),
      stacked: z.boolean().optional(),
      most: z.number().optional(),
      title: textSchema,
      names: z.array(nameSchema),
      series: z.array(
        z.object({ name: textSchema, values: z.array(z.string().nullable()), dashed: z.boolean().optional() }),
      ),
    }),
  }),
]);

export const reportSchema = named(
  'Report',
  z.object({
    cycle: z.object({ id: idSchema, name: z.string(), year: z.int() }),
    on: z.iso.date(),
    period: z.string().nullable(),
    category: choice.nullable(),
    unit: z.object({ id: idSchema, name: z.string() }).nullable(),
    choices: z
      .object({
        categories: z.array(choice),
        units: z.array(z.object({ id: idSchema, name: z.string(), category: z.string() })),
      })
      .meta({ description: 'what the caller may ask for: all units in sight' }),
    title: textSchema,
    parts: z
      .array(partSchema)
      .meta({ description: 'in order: headings, sentences, figures, tables, pictures as data' }),
  }),
);

const reportQuery = z.strictObject({
  period: z.string().max(10).optional(),
  category: z.string().max(64).optional(),
  org: idSchema.optional(),
  language: z.enum(['zh', 'en']).optional().meta({ description: 'of html and pdf; json has both' }),
  format: z.enum(['json', 'html', 'pdf']).optional(),
});
type Asked = Call<{ id: string }, z.infer<typeof reportQuery>, unknown>;

const present = ({ cycleId, cycle, period, category, unit, choices }: Scope, { title, parts }: Report, on: string) => ({
  cycle: { id: cycleId, name: cycle.name, year: cycle.year },
  on,
  period: period?.key ?? null,
  category: category && { key: category.key, name: category.name },
  unit: unit && { id: unit.id, name: unit.name },
  choices: {
    categories: choices.categories.map(({ key, name }) => ({ key, name })),
    units: choices.units,
  },
  title,
  parts,
});

/** 绩效报告: written from the figures of a cycle whenever it is asked for. */
export const reportRoutes: Route[] = [
  route({
    id: 'cycles.report',
    method: 'get',
    path: '/cycles/:id/report',
    summary: { zh: '自动生成的绩效报告（数据、网页或 PDF）', en: 'the report of a cycle, as data, a page or PDF' },
    can: 'business',
    audits: true,
    input: { params: idParams, query: reportQuery },
    output: { status: 200, body: reportSchema, also: ['text/html', 'application/pdf'] },
    problems: ['cycle.unknown', 'report.none'],
    handler: async ({ db, deps, params, query, me, now, language, response }: Asked) => {
      const { format = 'json', language: asked = language, ...what } = query;
      const template = await readCycleTemplate(db, params.id);
      const today = deps.calendar().dayOf(now.toISOString());
      const { scope, report } = await readReport(
        { db, pool: deps.pool, me, now, today },
        { cycleId: params.id, template },
        what,
      );
      if (format === 'json')
        return { body: present(scope, report, today), headers: { 'Cache-Control': 'private, no-store' } };
      const document: Document = {
        title: report.title[asked],
        author: scope.cycle.name,
        language: asked,
        parts: report.parts.map((part) => inLanguage(part, asked)),
      };
      const printed = await print({ document, as: format, at: now });
      await settle(overPrisma(db), { format });
      sendPrinted(response, printed, format, document.title);
      return {};
    },
  }),
];
