import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { appealsIn } from '../../workflows/library/parts/appeal.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import { blockName } from '../cases/names.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import type { Database } from '../http/deps.ts';
import type { appealsSchema, interviewsSchema } from './schema.ts';

interface Row {
  case_id: string;
  org_id: string;
  name: string;
  blocks: string[];
  data: Record<string, unknown> | null;
}

/** The participants of a cycle with some of the values of their cases. */
const readValues = (db: Database, cycleId: string, keys: readonly string[]): Promise<Row[]> =>
  db.$queryRaw<Row[]>(Prisma.sql`
    SELECT c.id AS case_id, o.id AS org_id, o.name, c.blocks,
      (SELECT json_object_agg(k, c.snapshot->'context'->'data'->k) FROM unnest(${[...keys]}::text[]) k) AS data
    FROM cases c JOIN org_units o ON o.id = c.org_id
    WHERE c.cycle_id = ${cycleId}::uuid AND c.kind = 'participant' AND c.status <> 'cancelled' ORDER BY o.code`);

const textIn = ({ data }: Row, key: string): string | null => {
  const value = data?.[key];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
};

const unitOf = ({ case_id: caseId, org_id: id, name }: Row) => ({ org: { id, name }, caseId });
const standsAt = (template: CycleTemplate, { blocks }: Row) => blocks.map((key) => blockName(template, key));

/** 申诉台账: who appealed, on what ground, and what the review decided; of several appeals of a unit, the last. */
export const readAppeals = async (db: Database, cycleId: string): Promise<z.infer<typeof appealsSchema>> => {
  const template = await readCycleTemplate(db, cycleId);
  const appeals = appealsIn(template);
  if (appeals.length === 0) return { offered: false, items: [] };
  const rows = await readValues(
    db,
    cycleId,
    appeals.flatMap((one) => [one.ground, one.decision, one.findings]),
  );
  return {
    offered: true,
    items: rows.flatMap((row) => {
      const last = appeals.findLast(({ ground, decision }) => textIn(row, ground) ?? textIn(row, decision));
      if (!last) return [];
      return {
        ...unitOf(row),
        ground: textIn(row, last.ground),
        decision: textIn(row, last.decision),
        findings: textIn(row, last.findings),
        at: standsAt(template, row),
      };
    }),
  };
};

const INTERVIEW = ['interviewDate', 'interviewPlace', 'interviewBy', 'interviewRecord', 'interviewAgreed'] as const;

/** 面谈台账: whom the office talks to: appointment, record, and who signed it. */
export const readInterviews = async (db: Database, cycleId: string): Promise<z.infer<typeof interviewsSchema>> => {
  const template = await readCycleTemplate(db, cycleId);
  const own = [...blocksOf(template)].flatMap(({ block }) => (block.key.startsWith('interview') ? [block] : []));
  if (own.length === 0) return { offered: false, items: [] };
  const keys = new Set(own.map(({ key }) => key));
  const approvals = own.flatMap(({ type, key }) => (type === 'approval' ? [key] : []));
  const found = (await readValues(db, cycleId, INTERVIEW)).filter(
    (row) => textIn(row, 'interviewDate') !== null || row.blocks.some((key) => keys.has(key)),
  );
  const people = new Map(
    (
      await db.person.findMany({
        where: { id: { in: found.flatMap((row) => textIn(row, 'interviewBy') ?? []) } },
        select: { id: true, name: true },
      })
    ).map((one) => [one.id, one]),
  );
  const signatures = await db.$queryRaw<
    { case_id: string; block: string; id: string; name: string; at: Date }[]
  >(Prisma.sql`
    SELECT DISTINCT ON (t.case_id, t.block) t.case_id, t.block, p.id, p.name, t.closed_at AS at FROM tasks t JOIN people p ON p.id = t.closed_by
    WHERE t.case_id = ANY(${found.map((row) => row.case_id)}::uuid[]) AND t.block = ANY(${approvals}::text[]) AND t.state = 'done' AND t.outcome = 'approve'
    ORDER BY t.case_id, t.block, t.closed_at DESC`);
  return {
    offered: true,
    items: found.map((row) => ({
      ...unitOf(row),
      date: textIn(row, 'interviewDate'),
      place: textIn(row, 'interviewPlace'),
      by: people.get(textIn(row, 'interviewBy') ?? '') ?? null,
      record: textIn(row, 'interviewRecord'),
      agreed: textIn(row, 'interviewAgreed'),
      signed: signatures
        .filter((one) => one.case_id === row.case_id)
        .map(({ block, id, name, at }) => ({
          name: blockName(template, block),
          by: { id, name },
          at: at.toISOString(),
        })),
      at: standsAt(template, row),
    })),
  };
};
