import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { BREAKS } from '../../workflows/indicators/breaks.ts';
import { type Colour, colourSchema } from '../../workflows/lights/schema.ts';
import { type Text, textSchema } from '../../workflows/text.ts';
import { allowed } from '../auth/sql.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import { overPrisma } from '../db/sql.ts';
import { likePattern, pageOf, pageQuery, readPage } from '../http/page.ts';
import { type Route, route } from '../http/route.ts';
import {
  canSchema,
  codeSchema,
  flagQuery,
  idParams,
  idSchema,
  instantSchema,
  longText,
  named,
  refSchema,
} from '../http/schema.ts';
import { enterAuditFigure } from './audit.ts';
import {
  decideFlag,
  explainFlag,
  FLAG_KINDS,
  FLAG_STATES,
  type FlagRow,
  flagColumns,
  flagFrom,
  flagSeen,
  presentFlag,
  readFlag,
} from './flags.ts';
import { readHeatmap } from './heatmap.ts';
import { readOutlook } from './outlook.ts';

const decimal = z.string().meta({ description: 'a decimal' });
const indicatorRef = z.object({ code: z.string(), name: z.string() });
const periodSchema = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/, { message: 'a period: 2026, 2026-H1, 2026-Q1 or 2026-01' });

const lightSchema = named(
  'Light',
  z.object({
    id: idSchema,
    org: refSchema,
    indicator: indicatorRef,
    period: z.string(),
    colour: colourSchema.nullable(),
    rule: z.string().nullable(),
    because: textSchema,
    measures: z.record(z.string(), decimal),
    consequences: z.array(z.object({ rule: z.string(), because: textSchema, consequence: z.unknown() })),
    at: instantSchema,
  }),
);

interface LightRow {
  id: string;
  org_id: string;
  org_name: string;
  code: string;
  indicator: string | null;
  period: string;
  colour: Colour | null;
  rule: string | null;
  because: Text;
  measures: Record<string, string>;
  consequences: { rule: string; because: Text; consequence: unknown }[];
  at: Date;
}

const presentLight = (row: LightRow): z.infer<typeof lightSchema> => ({
  id: row.id,
  org: { id: row.org_id, name: row.org_name },
  indicator: { code: row.code, name: row.indicator ?? row.code },
  period: row.period,
  colour: row.colour,
  rule: row.rule,
  because: row.because,
  measures: row.measures,
  consequences: row.consequences,
  at: row.at.toISOString(),
});

export const heatmapSchema = named(
  'Heatmap',
  z.object({
    units: z.array(z.object({ id: idSchema, name: z.string(), category: z.string().nullable() })),
    indicators: z.array(indicatorRef),
    cells: z.array(
      z.object({
        org: idSchema,
        code: z.string(),
        colour: colourSchema.nullable(),
        period: z.string().nullable(),
        because: textSchema.nullable(),
      }),
    ),
    counts: z.record(z.string(), z.int()),
  }),
);

export const outlookSchema = named(
  'Outlook',
  z.object({
    indicator: indicatorRef,
    unit: z.string(),
    direction: z.enum(['up', 'down', 'band']),
    target: decimal.nullable(),
    points: z.array(
      z.object({
        period: z.string(),
        value: decimal.nullable(),
        running: decimal.nullable(),
        colour: colourSchema.nullable(),
      }),
    ),
    value: decimal.nullable(),
    forecast: z
      .object({
        value: decimal,
        slope: decimal,
        low: decimal,
        high: decimal,
        interval: z.literal('prediction95'),
        n: z.int(),
        meets: z.boolean().nullable(),
      })
      .nullable(),
    years: z.array(z.object({ year: z.int(), value: decimal, from: z.enum(['cycle', 'history']) })),
    breaks: z
      .array(z.object({ year: z.int(), by: z.array(z.enum(BREAKS)) }))
      .meta({ description: 'years that do not compare with this one, and what was defined otherwise then' }),
    growth: decimal.nullable(),
    improving: z.boolean().nullable(),
  }),
);

export const flagSchema = named(
  'AbnormalFlag',
  z.object({
    id: idSchema,
    cycleId: idSchema,
    org: refSchema,
    indicator: indicatorRef,
    period: z.string(),
    rule: z.string(),
    kind: z.enum(FLAG_KINDS),
    because: textSchema,
    at: instantSchema,
    state: z.enum(FLAG_STATES),
    explanation: z.string().optional(),
    explainedAt: instantSchema.optional(),
    note: z.string().optional(),
    decidedAt: instantSchema.optional(),
    can: canSchema,
  }),
);

export const lightRoutes: Route[] = [
  route({
    id: 'lights.list',
    method: 'get',
    path: '/cycles/:id/lights',
    summary: { zh: '亮灯记录', en: 'lights of a cycle; with history=true also those that were judged anew' },
    can: 'business',
    input: {
      params: idParams,
      query: z.strictObject({
        ...pageQuery,
        org: idSchema.optional(),
        code: codeSchema.optional(),
        period: periodSchema.optional(),
        colour: colourSchema.optional(),
        history: flagQuery.optional(),
      }),
    },
    output: { status: 200, body: pageOf(lightSchema) },
    problems: ['cycle.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me }) => {
      await readCycleTemplate(db, params.id);
      const where = [Prisma.sql`l.cycle_id = ${params.id}::uuid`, allowed(me, 'read', 'Light')];
      if (!query.history)
        where.push(
          Prisma.sql`NOT EXISTS (SELECT FROM lights n WHERE n.cycle_indicator_id = l.cycle_indicator_id AND n.ends_on = l.ends_on AND n.id > l.id)`,
        );
      if (query.org) where.push(Prisma.sql`l.org_id = ${query.org}::uuid`);
      if (query.code) where.push(Prisma.sql`l.code = ${query.code}`);
      if (query.period) where.push(Prisma.sql`l.period = ${query.period}`);
      if (query.colour) where.push(Prisma.sql`l.colour = ${query.colour}`);
      if (query.q)
        where.push(
          Prisma.sql`(o.name || ' ' || coalesce(i.name, '') || ' ' || l.because::text) ILIKE ${likePattern(query.q)}`,
        );
      const page = await readPage<LightRow>(
        db,
        {
          columns: Prisma.sql`l.id, l.org_id, o.name AS org_name, l.code, i.name AS indicator, l.period, l.colour, l.rule, l.because, l.measures, l.consequences, l.at`,
          from: Prisma.sql`lights l JOIN org_units o ON o.id = l.org_id LEFT JOIN cycle_indicators i ON i.id = l.cycle_indicator_id`,
          where,
          sorts: {
            at: { by: Prisma.sql`l.at`, type: 'timestamptz' },
            period: { by: Prisma.sql`l.ends_on::text`, type: 'text' },
          },
          sort: '-at',
          id: Prisma.sql`l.id::text`,
        },
        query,
      );
      return { body: { ...page, items: page.items.map(presentLight) } };
    },
  }),
  route({
    id: 'lights.heatmap',
    method: 'get',
    path: '/cycles/:id/heatmap',
    summary: { zh: '热力图：单位 × 指标', en: 'heat map: units by indicators' },
    can: 'business',
    input: { params: idParams, query: z.strictObject({ period: periodSchema.optional() }) },
    output: { status: 200, body: heatmapSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params, query, me }) => ({ body: await readHeatmap(db, params.id, query.period, me) }),
  }),
  route({
    id: 'lights.outlook',
    method: 'get',
    path: '/cycles/:id/outlook',
    summary: { zh: '指标走势与年末预测', en: 'where an indicator of a unit is heading' },
    can: 'business',
    input: { params: idParams, query: z.strictObject({ org: idSchema, code: codeSchema }) },
    output: { status: 200, body: outlookSchema },
    problems: ['indicator.unknown'],
    handler: async ({ db, params, query, me }) => ({ body: await readOutlook(db, params.id, query, me) }),
  }),
  route({
    id: 'flags.list',
    method: 'get',
    path: '/cycles/:id/flags',
    summary: { zh: '异常值', en: 'suspicious values' },
    can: 'business',
    input: {
      params: idParams,
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(FLAG_STATES).optional(),
        kind: z.enum(FLAG_KINDS).optional(),
        org: idSchema.optional(),
      }),
    },
    output: { status: 200, body: pageOf(flagSchema) },
    problems: ['cycle.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me }) => {
      await readCycleTemplate(db, params.id);
      const where = [Prisma.sql`f.cycle_id = ${params.id}::uuid`, flagSeen(me)];
      if (query.state) where.push(Prisma.sql`f.state = ${query.state}`);
      if (query.kind) where.push(Prisma.sql`f.kind = ${query.kind}`);
      if (query.org) where.push(Prisma.sql`f.org_id = ${query.org}::uuid`);
      if (query.q)
        where.push(
          Prisma.sql`(o.name || ' ' || coalesce(i.name, '') || ' ' || f.because::text) ILIKE ${likePattern(query.q)}`,
        );
      const page = await readPage<FlagRow>(
        db,
        {
          columns: flagColumns,
          from: flagFrom,
          where,
          sorts: { at: { by: Prisma.sql`f.at`, type: 'timestamptz' } },
          sort: '-at',
          id: Prisma.sql`f.id::text`,
        },
        query,
      );
      return { body: { ...page, items: page.items.map((row) => presentFlag(row, me)) } };
    },
  }),
  route({
    id: 'flags.explain',
    method: 'post',
    path: '/flags/:id/explain',
    summary: { zh: '说明异常值', en: 'say why the value is as it is' },
    can: 'business',
    input: { params: idParams, body: z.strictObject({ text: longText(5000) }) },
    output: { status: 200, body: flagSchema },
    problems: ['flag.unknown', 'flag.state', 'warning.notYours'],
    handler: async ({ db, params, body, me, now }) => {
      await explainFlag(db, await readFlag(db, params.id, me), body.text, me, now);
      return { body: presentFlag(await readFlag(db, params.id, me), me) };
    },
  }),
  route({
    id: 'flags.decide',
    method: 'post',
    path: '/flags/:id/decide',
    summary: { zh: '认定异常值', en: 'decide whether the value is sound' },
    can: 'cases.control',
    input: {
      params: idParams,
      body: z.strictObject({ verdict: z.enum(['dismissed', 'confirmed']), note: longText(2000) }),
    },
    output: { status: 200, body: flagSchema },
    problems: ['flag.unknown', 'flag.state', 'flag.own'],
    handler: async ({ db, params, body, me, now }) => {
      await decideFlag(db, await readFlag(db, params.id, me), body, me, now);
      return { body: presentFlag(await readFlag(db, params.id, me), me) };
    },
  }),
  route({
    id: 'flags.audit',
    method: 'put',
    path: '/cycles/:id/audit-figures',
    summary: { zh: '登记审计发现的闲置资金比例', en: 'enter what an audit found idle; the value is judged anew' },
    can: 'cases.control',
    input: {
      params: idParams,
      body: z.strictObject({
        orgId: idSchema,
        code: codeSchema,
        period: periodSchema,
        idle: z
          .string()
          .regex(/^\d{1,3}(\.\d{1,4})?$/)
          .refine((text) => Number(text) <= 100, { message: 'a percentage from 0 to 100, as text: "32"' }),
        source: longText(500),
      }),
    },
    output: { status: 200, body: z.object({ flags: z.int() }) },
    problems: ['cycle.unknown', 'light.period'],
    handler: async ({ db, params, body, me, now, deps }) => {
      const template = await readCycleTemplate(db, params.id);
      const actor = { by: me.id, at: now.toISOString(), calendar: deps.calendar() };
      return { body: await enterAuditFigure(overPrisma(db), { cycleId: params.id, template }, body, actor) };
    },
  }),
];
