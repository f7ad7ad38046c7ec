import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { colourSchema } from '../../workflows/lights/schema.ts';
import { type Text, textSchema } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, pageOf, pageQuery, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import {
  canSchema,
  codeSchema,
  idParams,
  idSchema,
  instantSchema,
  longText,
  named,
  reasonBody,
  refSchema,
} from '../http/schema.ts';
import { answerWarning, orderByOffice, reviewWarning, withdrawWarning } from './answer.ts';
import { readLadderOrders } from './ladder.ts';

const STATES = ['noted', 'open', 'answered', 'accepted', 'returned', 'lapsed', 'withdrawn'] as const;
const KINDS = ['track', 'warning', 'letter', 'talk', 'report', 'points', 'noBonus', 'supervise'] as const;

const CHANGES = ['opened', 'answered', 'accepted', 'returned', 'lapsed', 'withdrawn'] as const;

const warningFields = {
  id: idSchema,
  number: z.int(),
  cycleId: idSchema,
  org: refSchema,
  indicator: z.object({ code: z.string(), name: z.string() }).optional(),
  period: z.string().optional(),
  kind: z.enum(KINDS),
  colour: colourSchema.optional(),
  detail: z.unknown(),
  because: textSchema,
  source: z.enum(['light', 'flag', 'office', 'lapsed']),
  formerId: idSchema.optional(),
  urgent: z.boolean(),
  state: z.enum(STATES),
  openedAt: instantSchema,
  dueAt: instantSchema.optional(),
  overdue: z.boolean(),
  answer: z.string().optional(),
  answeredAt: instantSchema.optional(),
  reviewDueAt: instantSchema.optional(),
  reviewedAt: instantSchema.optional(),
  note: z.string().optional(),
  can: canSchema,
};
export const warningSchema = named('Warning', z.object(warningFields));
export const warningDetail = named(
  'WarningDetail',
  z.object({
    ...warningFields,
    changes: z.array(
      z.object({ at: instantSchema, what: z.enum(CHANGES), by: refSchema.optional(), text: z.string().optional() }),
    ),
  }),
);

export const sheetsSchema = named(
  'WarningSheets',
  z.object({
    sheets: z.array(
      z.object({
        colour: colourSchema,
        name: textSchema.optional(),
        reply: z.int().meta({ description: 'working days to answer' }),
      }),
    ),
    urgent: z.boolean().meta({ description: 'an urgent order may start at any of them' }),
  }),
);

export const ladderOrder = named(
  'LadderOrder',
  z.object({
    case: refSchema,
    org: refSchema,
    block: z.object({ key: z.string(), name: textSchema }),
    colour: colourSchema.optional(),
    at: instantSchema,
    open: z.boolean().meta({ description: 'the case still waits in that block' }),
  }),
);

interface Row {
  id: string;
  number: number;
  cycle_id: string;
  org_id: string;
  org_name: string;
  code: string | null;
  indicator: string | null;
  period: string | null;
  kind: (typeof KINDS)[number];
  colour: z.infer<typeof colourSchema> | null;
  detail: unknown;
  because: Text;
  source: 'light' | 'flag' | 'office' | 'lapsed';
  former_id: string | null;
  urgent: boolean;
  state: (typeof STATES)[number];
  opened_at: Date;
  due_at: Date | null;
  answer: string | null;
  answered_by: string | null;
  answered_at: Date | null;
  review_due_at: Date | null;
  reviewed_at: Date | null;
  note: string | null;
  /** Another sheet was issued after it. */
  followed: boolean;
}

const columns = Prisma.sql`w.id, w.number, w.cycle_id, w.org_id, o.name AS org_name, w.code, i.name AS indicator, w.period, w.kind, w.colour, w.detail, w.because, w.source,
  w.former_id, w.urgent, w.state, w.opened_at, w.due_at, w.answer, w.answered_by, w.answered_at, w.review_due_at, w.reviewed_at, w.note,
  EXISTS (SELECT FROM warnings n WHERE n.former_id = w.id) AS followed`;
const from = Prisma.sql`warnings w JOIN org_units o ON o.id = w.org_id LEFT JOIN cycle_indicators i ON i.id = w.cycle_indicator_id`;
const seen = (me: Me): Prisma.Sql => allowed(me, 'read', 'Warning');

const present = (row: Row, me: Me, now: Date): z.infer<typeof warningSchema> => ({
  id: row.id,
  number: row.number,
  cycleId: row.cycle_id,
  org: { id: row.org_id, name: row.org_name },
  ...(row.code !== null && { indicator: { code: row.code, name: row.indicator ?? row.code } }),
  ...(row.period !== null && { period: row.period }),
  kind: row.kind,
  ...(row.colour !== null && { colour: row.colour }),
  detail: row.detail,
  because: row.because,
  source: row.source,
  ...(row.former_id !== null && { formerId: row.former_id }),
  urgent: row.urgent,
  state: row.state,
  openedAt: row.opened_at.toISOString(),
  ...(row.due_at && { dueAt: row.due_at.toISOString() }),
  overdue: row.due_at !== null && row.due_at < now && (row.state === 'open' || row.state === 'returned'),
  ...(row.answer !== null && { answer: row.answer }),
  ...(row.answered_at && { answeredAt: row.answered_at.toISOString() }),
  ...(row.review_due_at && { reviewDueAt: row.review_due_at.toISOString() }),
  ...(row.reviewed_at && { reviewedAt: row.reviewed_at.toISOString() }),
  ...(row.note !== null && { note: row.note }),
  can: actionsOf(row, me),
});

const actionsOf = ({ state, org_id, answered_by, followed }: Row, me: Me): string[] => {
  const office = may(me, 'cases.control');
  return [
    ...((state === 'open' || state === 'returned' || (state === 'lapsed' && !followed)) && me.house.includes(org_id)
      ? ['answer']
      : []),
    ...(state === 'answered' && office && answered_by !== me.id ? ['review'] : []),
    ...(['noted', 'open', 'returned', 'answered'].includes(state) && office ? ['withdraw'] : []),
  ];
};

const readRow = async (db: Database, id: string, me: Me): Promise<Row> => {
  const rows = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columns} FROM ${from} WHERE w.id = ${id}::uuid AND ${seen(me)}`,
  );
  const row = rows[0];
  if (!row) throw problem('warning.unknown');
  return row;
};

const readDetail = async (db: Database, id: string, me: Me, now: Date): Promise<z.infer<typeof warningDetail>> => {
  const row = await readRow(db, id, me);
  const changes = await db.$queryRaw<
    { at: Date; what: (typeof CHANGES)[number]; by: string | null; name: string | null; text: string | null }[]
  >(Prisma.sql`
    SELECT c.at, c.what, c.by, p.name, c.text FROM warning_changes c LEFT JOIN people p ON p.id = c.by WHERE c.warning_id = ${id}::uuid ORDER BY c.id`);
  return {
    ...present(row, me, now),
    changes: changes.map(({ at, what, by, name, text }) => ({
      at: at.toISOString(),
      what,
      ...(by !== null && { by: { id: by, name: name ?? '' } }),
      ...(text !== null && { text }),
    })),
  };
};

export const warningRoutes: Route[] = [
  route({
    id: 'warnings.list',
    method: 'get',
    path: '/cycles/:id/warnings',
    summary: { zh: '预警与督办台账', en: 'the register of warnings and supervision orders' },
    can: 'business',
    input: {
      params: idParams,
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(STATES).optional(),
        kind: z.enum(KINDS).optional(),
        colour: colourSchema.optional(),
        org: idSchema.optional(),
        code: codeSchema.optional(),
      }),
    },
    output: { status: 200, body: pageOf(warningSchema) },
    problems: ['cycle.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me, now }) => {
      await readCycleTemplate(db, params.id);
      const where = [Prisma.sql`w.cycle_id = ${params.id}::uuid`, seen(me)];
      if (query.state) where.push(Prisma.sql`w.state = ${query.state}`);
      if (query.kind) where.push(Prisma.sql`w.kind = ${query.kind}`);
      if (query.colour) where.push(Prisma.sql`w.colour = ${query.colour}`);
      if (query.org) where.push(Prisma.sql`w.org_id = ${query.org}::uuid`);
      if (query.code) where.push(Prisma.sql`w.code = ${query.code}`);
      if (query.q)
        where.push(
          Prisma.sql`(o.name || ' ' || coalesce(i.name, '') || ' ' || w.because::text) ILIKE ${likePattern(query.q)}`,
        );
      const sorts = {
        number: { by: Prisma.sql`w.number`, type: 'int' as const },
        openedAt: { by: Prisma.sql`w.opened_at`, type: 'timestamptz' as const },
        dueAt: { by: Prisma.sql`coalesce(w.due_at, 'infinity')`, type: 'timestamptz' as const },
      };
      const page = await readPage<Row>(
        db,
        { columns, from, where, sorts, sort: '-number', id: Prisma.sql`w.id::text` },
        query,
      );
      return { body: { ...page, items: page.items.map((row) => present(row, me, now)) } };
    },
  }),
  route({
    id: 'warnings.sheets',
    method: 'get',
    path: '/cycles/:id/warning-sheets',
    summary: { zh: '可以开具的督办单', en: 'the orders that can be opened, mild to severe' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: sheetsSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params }) => {
      const { warnings: scheme } = await readCycleTemplate(db, params.id);
      return { body: { sheets: scheme?.sheets ?? [], urgent: scheme?.urgent ?? false } };
    },
  }),
  route({
    id: 'warnings.ladder',
    method: 'get',
    path: '/cycles/:id/ladder-orders',
    summary: { zh: '流程期限产生的督办', en: 'supervision orders that deadlines of the cases put on record' },
    can: 'business',
    input: { params: idParams, query: z.strictObject(pageQuery) },
    output: { status: 200, body: pageOf(ladderOrder) },
    problems: ['cycle.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me }) => ({
      body: await readLadderOrders(db, params.id, await readCycleTemplate(db, params.id), query, me),
    }),
  }),
  route({
    id: 'warnings.read',
    method: 'get',
    path: '/warnings/:id',
    summary: { zh: '督办单', en: 'a warning or order, with what happened to it' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: warningDetail },
    problems: ['warning.unknown'],
    handler: async ({ db, params, me, now }) => ({ body: await readDetail(db, params.id, me, now) }),
  }),
  route({
    id: 'warnings.order',
    method: 'post',
    path: '/cycles/:id/warnings',
    summary: { zh: '开具督办单', en: 'open a supervision order' },
    can: 'cases.control',
    input: {
      params: idParams,
      body: z.strictObject({
        orgId: idSchema,
        code: codeSchema.optional(),
        colour: colourSchema.optional(),
        urgent: z.boolean().optional(),
        reply: z.int().min(1).max(250).optional(),
        reason: longText(2000),
      }),
    },
    output: { status: 201, body: warningDetail },
    problems: [
      'cycle.unknown',
      'cycle.state',
      'warning.none',
      'warning.colour',
      'warning.start',
      'warning.unit',
      'warning.indicator',
    ],
    handler: async ({ db, params, body, me, now, deps }) => {
      const template = await readCycleTemplate(db, params.id);
      const actor = { by: me.id, at: now.toISOString(), calendar: deps.calendar() };
      const id = await orderByOffice(overPrisma(db), { cycleId: params.id, template }, body, actor);
      return { body: await readDetail(db, id, me, now) };
    },
  }),
  route({
    id: 'warnings.answer',
    method: 'post',
    path: '/warnings/:id/answer',
    summary: { zh: '答复督办单', en: 'answer an order' },
    can: 'business',
    input: { params: idParams, body: z.strictObject({ text: longText(20_000) }) },
    output: { status: 200, body: warningDetail },
    problems: ['warning.unknown', 'warning.state', 'warning.notYours'],
    handler: async ({ db, params, body, me, now, deps }) => {
      const row = await readRow(db, params.id, me);
      if (!me.house.includes(row.org_id)) throw problem('warning.notYours');
      const { warnings } = await readCycleTemplate(db, row.cycle_id);
      await answerWarning(overPrisma(db), params.id, body.text, warnings, {
        by: me.id,
        at: now.toISOString(),
        calendar: deps.calendar(),
      });
      return { body: await readDetail(db, params.id, me, now) };
    },
  }),
  route({
    id: 'warnings.review',
    method: 'post',
    path: '/warnings/:id/review',
    summary: { zh: '审核答复', en: 'accept an answer, or send it back with a reason' },
    can: 'cases.control',
    input: {
      params: idParams,
      body: z.discriminatedUnion('verdict', [
        z.strictObject({ verdict: z.literal('accept'), note: longText(2000).optional() }),
        z.strictObject({ verdict: z.literal('return'), note: longText(2000) }),
      ]),
    },
    output: { status: 200, body: warningDetail },
    problems: ['warning.unknown', 'warning.state', 'warning.own'],
    handler: async ({ db, params, body, me, now, deps }) => {
      await readRow(db, params.id, me);
      await reviewWarning(overPrisma(db), params.id, body, {
        by: me.id,
        at: now.toISOString(),
        calendar: deps.calendar(),
      });
      return { body: await readDetail(db, params.id, me, now) };
    },
  }),
  route({
    id: 'warnings.withdraw',
    method: 'post',
    path: '/warnings/:id/withdraw',
    summary: { zh: '撤销督办单', en: 'take an order back' },
    can: 'cases.control',
    input: { params: idParams, body: reasonBody },
    output: { status: 200, body: warningDetail },
    problems: ['warning.unknown', 'warning.state'],
    handler: async ({ db, params, body, me, now, deps }) => {
      await readRow(db, params.id, me);
      await withdrawWarning(overPrisma(db), params.id, body.reason, {
        by: me.id,
        at: now.toISOString(),
        calendar: deps.calendar(),
      });
      return { body: await readDetail(db, params.id, me, now) };
    },
  }),
];
