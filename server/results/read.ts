import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { appealsIn } from '../../workflows/library/parts/appeal.ts';
import type { Text } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { seesAll } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import type { Database } from '../http/deps.ts';
import { publicised, publicNotices } from './publicity.ts';
import type { resultsSchema } from './schema.ts';
import { itemUses, type KeptUse } from './uses.ts';

interface Row {
  org_id: string;
  name: string;
  case_id: string;
  category: string;
  own: boolean;
  public: boolean;
  readable: boolean;
  rows: {
    score: string | null;
    rank: number | null;
    rankOf: number | null;
    grade: string | null;
    computed: string | null;
    because: Text[] | null;
  }[];
  appeals: [string, string][] | null;
  data: Record<string, unknown> | null;
  uses: KeptUse[];
}

type Results = z.infer<typeof resultsSchema>;
type Once = NonNullable<Results['items'][number]['before']>;

/**
 * Scores, ranks and grades of a cycle as they stand, and as they were before appeals. The offices see all; a unit its own once it is
 * past evaluation; and everyone all of them while the window of publicity is open and after it.
 */
export const readResults = async (db: Database, cycleId: string, me: Me): Promise<Results> => {
  const template = await readCycleTemplate(db, cycleId);
  const isPublic = publicised(template);
  const appeals = appealsIn(template);
  const itemBlocks = itemUses(template);
  const found = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT o.id AS org_id, o.name, c.id AS case_id, p.category, ${allowed(me, 'know', 'Case')} AS own, ${isPublic} AS public, ${allowed(me, 'read', 'Case')} AS readable,
      (SELECT json_agg(json_build_object('score', trim_scale(r.score)::text, 'rank', r.rank, 'rankOf', r.rank_of, 'grade', r.grade,
         'computed', r.computed_grade, 'because', r.because) ORDER BY r.at, r.block) FROM results r WHERE r.cycle_id = c.cycle_id AND r.case_id = c.id) AS rows,
      c.snapshot->'context'->'data' AS data,
      coalesce((SELECT json_agg(u.use ORDER BY u.block = ANY(${itemBlocks}::text[]), u.position) FROM result_uses u WHERE u.case_id = c.id AND u.block IN (
         SELECT DISTINCT ON (by_items) block FROM (SELECT block, at, block = ANY(${itemBlocks}::text[]) AS by_items FROM result_uses WHERE case_id = c.id) given
         ORDER BY by_items, at DESC)), '[]') AS uses
    FROM cases c JOIN cycle_participants p ON p.case_id = c.id JOIN org_units o ON o.id = c.org_id
    WHERE c.cycle_id = ${cycleId}::uuid AND c.kind = 'participant' AND c.status <> 'cancelled' AND (${allowed(me, 'know', 'Case')} OR ${isPublic})
      AND EXISTS (SELECT FROM results r WHERE r.cycle_id = c.cycle_id AND r.case_id = c.id)
    ORDER BY o.code`);
  const items = found.map((row): Results['items'][number] => {
    const now = lastOf(row.rows);
    const first = firstOf(row.rows);
    const graded = row.rows.findLast(({ because }) => because !== null);
    const changed = now.score !== first.score || now.rank !== first.rank || now.grade !== first.grade;
    const mine = seesAll(me) || row.own;
    return {
      org: { id: row.org_id, name: row.name },
      caseId: row.readable ? row.case_id : null,
      category: row.category,
      ...now,
      computedGrade: mine ? (graded?.computed ?? null) : null,
      because: mine ? (graded?.because ?? []) : [],
      before: changed ? first : null,
      appeal: mine ? appealOf(appeals, row.data) : null,
      uses: mine ? row.uses.map(({ key, name, because, withheld }) => ({ key, name, because, withheld })) : [],
    };
  });
  return {
    public: found.some((row) => row.public),
    notices: await publicNotices(db, cycleId, template),
    grades: template.grades?.grades.map(({ key, name }) => ({ key, name })) ?? [],
    items: items.toSorted(byRank),
  };
};

const byRank = (a: Results['items'][number], b: Results['items'][number]): number =>
  a.category === b.category
    ? (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER)
    : a.category < b.category
      ? -1
      : 1;

const pick =
  (row: (rows: Row['rows'], holds: (row: Row['rows'][number]) => boolean) => Row['rows'][number] | undefined) =>
  (rows: Row['rows']): Once => {
    const ranked = row(rows, ({ rankOf }) => rankOf !== null);
    return {
      score: row(rows, ({ score }) => score !== null)?.score ?? null,
      rank: ranked?.rank ?? null,
      rankOf: ranked?.rankOf ?? null,
      grade: row(rows, ({ because }) => because !== null)?.grade ?? null,
    };
  };
const lastOf = pick((rows, holds) => rows.findLast(holds));
const firstOf = pick((rows, holds) => rows.find(holds));

/** What the review of the appeal decided, where there was one: the last, where the template has several. */
const appealOf = (
  appeals: ReturnType<typeof appealsIn>,
  data: Row['data'],
): { decision: string; findings: string | null } | null => {
  const last = appeals.findLast((names) => typeof data?.[names.decision] === 'string');
  if (!last) return null;
  const { [last.decision]: decision, [last.findings]: findings } = data ?? {};
  return { decision: String(decision), findings: typeof findings === 'string' ? findings : null };
};
