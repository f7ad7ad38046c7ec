import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Letter } from '../../workflows/letter/letter.ts';
import { isHuman } from '../../workflows/template/model.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import { textSchema } from '../../workflows/text.ts';
import { settle } from '../audit/record.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { pageOf, pageQuery, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { idParams, idSchema, instantSchema, named, refSchema } from '../http/schema.ts';
import { print } from '../print/press.ts';
import { sendPrinted } from '../print/send.ts';
import { letterDocument } from './words.ts';

const letterRow = z.object({
  id: idSchema,
  caseId: idSchema,
  org: refSchema,
  block: z.string(),
  round: z.int(),
  at: instantSchema,
  acknowledged: z
    .object({ at: instantSchema, by: refSchema })
    .nullable()
    .meta({ description: 'the first human block after the letter was done' }),
});
export const letterSchema = named(
  'Letter',
  z.object({
    ...letterRow.shape,
    runId: idSchema.nullable().meta({ description: 'the run of the scores that it was written from' }),
    signed: z
      .array(z.object({ block: z.string(), name: textSchema, by: refSchema, at: instantSchema }))
      .meta({ description: 'who approved what follows the letter in its phase, such as the record of the talk' }),
    content: z.record(z.string(), z.json()),
    document: z
      .object({ title: z.string(), parts: z.array(z.record(z.string(), z.json())) })
      .meta({ description: 'the letter in words, as it is printed' }),
  }),
);
const languageQuery = z.strictObject({ language: z.enum(['zh', 'en']).optional() });

interface Row {
  id: string;
  case_id: string;
  cycle_id: string;
  org_id: string;
  org_name: string;
  block: string;
  round: number;
  run_id: string | null;
  at: Date;
  content: Letter;
  done_at: Date | null;
  done_by: string | null;
  done_name: string | null;
}

/** The human block that follows a letter: where the unit acknowledges it. */
const acknowledging = (template: CycleTemplate): Prisma.Sql => {
  const blocks = [...blocksOf(template)].map(({ block }) => block);
  const pairs = blocks.flatMap((block, i) => {
    if (block.type !== 'compute' || block.rule.kind !== 'letter') return [];
    const next = blocks.slice(i + 1).find(isHuman);
    return next ? [Prisma.sql`(${block.key}::text, ${next.key}::text)`] : [];
  });
  const none = Prisma.sql`(NULL::text, NULL::text)`;
  return Prisma.sql`(VALUES ${Prisma.join(pairs.length > 0 ? pairs : [none])})`;
};

const columns = Prisma.sql`l.id, l.case_id, l.cycle_id, l.org_id, o.name AS org_name, l.block, l.round, l.run_id, l.at, l.content,
  t.closed_at AS done_at, t.closed_by AS done_by, p.name AS done_name`;
const from = (
  template: CycleTemplate,
) => Prisma.sql`letters l JOIN cases c ON c.id = l.case_id JOIN org_units o ON o.id = l.org_id
  LEFT JOIN ${acknowledging(template)} AS k(letter, human) ON k.letter = l.block
  LEFT JOIN LATERAL (SELECT closed_at, closed_by FROM tasks WHERE case_id = l.case_id AND block = k.human AND state = 'done' AND opened_at >= l.at
    ORDER BY closed_at LIMIT 1) t ON true LEFT JOIN people p ON p.id = t.closed_by`;

const present = (row: Row) => ({
  id: row.id,
  caseId: row.case_id,
  org: { id: row.org_id, name: row.org_name },
  block: row.block,
  round: row.round,
  at: row.at.toISOString(),
  acknowledged:
    row.done_at && row.done_by
      ? { at: row.done_at.toISOString(), by: { id: row.done_by, name: row.done_name ?? '' } }
      : null,
});

/** A letter of a case that the person may see, or `letter.unknown`. */
const findLetter = async (db: Database, id: string, me: Me): Promise<Row> => {
  const known = await db.letter.findUnique({ where: { id }, select: { cycleId: true } });
  if (!known) throw problem('letter.unknown');
  const template = await readCycleTemplate(db, known.cycleId);
  const [row] = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columns} FROM ${from(template)} WHERE l.id = ${id}::uuid AND ${allowed(me, 'read', 'Case')}`,
  );
  if (!row) throw problem('letter.unknown');
  return row;
};

/** Who signed in the approvals that follow a letter in its phase: the last time that each was approved. */
const signaturesOf = async (db: Database, { case_id: caseId, cycle_id: cycleId, block, at }: Row) => {
  const template = await readCycleTemplate(db, cycleId);
  const all = [...blocksOf(template)];
  const own = all.findIndex((one) => one.block.key === block);
  const names = new Map(
    all
      .slice(own + 1)
      .flatMap((one) =>
        one.phase === all[own]?.phase && one.block.type === 'approval'
          ? [[one.block.key, one.block.name] as const]
          : [],
      ),
  );
  const rows = await db.$queryRaw<{ block: string; by: string; name: string; at: Date }[]>(Prisma.sql`
    SELECT * FROM (
      SELECT DISTINCT ON (t.block) t.block, t.closed_by AS by, p.name, t.closed_at AS at FROM tasks t JOIN people p ON p.id = t.closed_by
      WHERE t.case_id = ${caseId}::uuid AND t.block = ANY(${[...names.keys()]}::text[]) AND t.state = 'done' AND t.outcome = 'approve'
        AND t.opened_at >= ${at} ORDER BY t.block, t.closed_at DESC
    ) signed ORDER BY at, block`);
  return rows.map((row) => ({
    block: row.block,
    name: names.get(row.block) ?? { zh: row.block, en: row.block },
    by: { id: row.by, name: row.name },
    at: row.at.toISOString(),
  }));
};

type Asked = Call<{ id: string }, { language?: 'zh' | 'en' | undefined }, unknown>;

/** Prints a letter that the caller may read, and answers with it. */
const sendLetter = async ({ db, params, query, me, language, response }: Asked, as: 'html' | 'pdf') => {
  const { content, at } = await findLetter(db, params.id, me);
  const printed = await print({ document: letterDocument(content, query.language ?? language), as, at });
  await settle(overPrisma(db));
  sendPrinted(response, printed, as, `${content.unit.name}-${content.year}`);
  return {};
};

/** 绩效反馈函: as they were sent, to be read, printed and kept. */
export const letterRoutes: Route[] = [
  route({
    id: 'letters.list',
    method: 'get',
    path: '/cycles/:id/letters',
    summary: { zh: '周期的反馈函', en: 'the feedback letters of a cycle' },
    can: 'business',
    input: { params: idParams, query: z.strictObject({ ...pageQuery, org: idSchema.optional() }) },
    output: { status: 200, body: pageOf(letterRow) },
    problems: ['cycle.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async ({ db, params, query, me }) => {
      const template = await readCycleTemplate(db, params.id);
      const page = await readPage<Row>(
        db,
        {
          columns,
          from: from(template),
          where: [
            Prisma.sql`l.cycle_id = ${params.id}::uuid`,
            allowed(me, 'read', 'Case'),
            ...(query.org ? [Prisma.sql`l.org_id = ${query.org}::uuid`] : []),
          ],
          sorts: {
            at: { by: Prisma.sql`l.at`, type: 'timestamptz' },
            org: { by: Prisma.sql`o.code`, type: 'text' },
          },
          sort: 'org',
          id: Prisma.sql`l.id::text`,
        },
        query,
      );
      return { body: { ...page, items: page.items.map(present) } };
    },
  }),
  route({
    id: 'letters.read',
    method: 'get',
    path: '/letters/:id',
    summary: { zh: '一份反馈函', en: 'a feedback letter' },
    can: 'business',
    input: { params: idParams, query: languageQuery },
    output: { status: 200, body: letterSchema },
    problems: ['letter.unknown'],
    handler: async ({ db, params, query, me, language }: Asked) => {
      const row = await findLetter(db, params.id, me);
      const { title, parts } = letterDocument(row.content, query.language ?? language);
      return {
        body: {
          ...present(row),
          runId: row.run_id,
          signed: await signaturesOf(db, row),
          content: row.content as unknown as Record<string, never>,
          document: { title, parts: parts as unknown as Record<string, never>[] },
        },
      };
    },
  }),
  route({
    id: 'letters.html',
    method: 'get',
    path: '/letters/:id/html',
    summary: { zh: '反馈函网页（可打印）', en: 'a feedback letter as a page' },
    can: 'business',
    input: { params: idParams, query: languageQuery },
    audits: true,
    output: { status: 200, type: 'text/html' },
    problems: ['letter.unknown'],
    handler: (asked: Asked) => sendLetter(asked, 'html'),
  }),
  route({
    id: 'letters.pdf',
    method: 'get',
    path: '/letters/:id/pdf',
    summary: { zh: '反馈函 PDF', en: 'a feedback letter as PDF' },
    can: 'business',
    input: { params: idParams, query: languageQuery },
    audits: true,
    output: { status: 200, type: 'application/pdf' },
    problems: ['letter.unknown'],
    handler: (asked: Asked) => sendLetter(asked, 'pdf'),
  }),
];
