import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { Definitions } from './definitions.ts';
import { blockName } from './names.ts';
import type { CaseRow, cycleCasesQuery } from './schema.ts';

interface Row {
  id: string;
  kind: string;
  title: string;
  org_id: string | null;
  org_name: string | null;
  cycle_id: string | null;
  cycle_name: string | null;
  status: CaseRow['status'];
  phase: string | null;
  revision: number;
  outcome: string | null;
  priority: CaseRow['priority'];
  leads: boolean;
  started_at: Date;
  updated_at: Date;
  ended_at: Date | null;
  blocks: string[];
  definition: string;
  open_tasks: number;
  overdue_tasks: number;
  result: { score: string; rank: number | null; rankOf: number } | null;
  parent_id: string | null;
  parent_title: string | null;
}

const columns = (
  me: Me,
  now: Date,
) => Prisma.sql`c.id, c.kind, c.title, c.org_id, o.name AS org_name, c.cycle_id, y.name AS cycle_name, c.status,
  c.phase, c.revision, c.outcome, c.priority, ${allowed(me, 'lead', 'Case')} AS leads, c.started_at, c.updated_at, c.ended_at, c.blocks, c.definition, c.parent_id, up.title AS parent_title,
  (SELECT count(*)::int FROM tasks t WHERE t.case_id = c.id AND t.state = 'open') AS open_tasks,
  (SELECT count(*)::int FROM tasks t WHERE t.case_id = c.id AND t.state = 'open' AND t.due_at < ${now}) AS overdue_tasks,
  (SELECT json_build_object('score', trim_scale(r.score)::text, 'rank', r.rank, 'rankOf', r.rank_of)
   FROM results r WHERE r.cycle_id = c.cycle_id AND r.case_id = c.id AND r.rank_of IS NOT NULL AND ${allowed(me, 'know', 'Case')} ORDER BY r.at DESC LIMIT 1) AS result`;

const from = Prisma.sql`cases c LEFT JOIN org_units o ON o.id = c.org_id LEFT JOIN cycles y ON y.id = c.cycle_id LEFT JOIN cases up ON up.id = c.parent_id`;

/** The participants' cases of a cycle that the person may see. */
export const listCycleCases = async (
  db: Database,
  cycleId: string,
  query: z.infer<typeof cycleCasesQuery>,
  me: Me,
  now: Date,
  definitions: Definitions,
): Promise<Page<CaseRow>> => {
  const where = [Prisma.sql`c.cycle_id = ${cycleId}::uuid AND c.kind = 'participant'`, allowed(me, 'read', 'Case')];
  if (query.q) where.push(Prisma.sql`c.title ILIKE ${likePattern(query.q)}`);
  if (query.status) where.push(Prisma.sql`c.status = ${query.status}`);
  if (query.phase) where.push(Prisma.sql`c.phase = ${query.phase}`);
  if (query.block) where.push(Prisma.sql`${query.block} = ANY(c.blocks)`);
  if (query.orgId) where.push(Prisma.sql`c.org_id = ${query.orgId}::uuid`);
  if (query.category) {
    where.push(
      Prisma.sql`EXISTS (SELECT FROM cycle_participants p WHERE p.case_id = c.id AND p.cycle_id = c.cycle_id AND p.category = ${query.category})`,
    );
  }
  if (query.overdue !== undefined) {
    where.push(
      Prisma.sql`EXISTS (SELECT FROM tasks t WHERE t.case_id = c.id AND t.state = 'open' AND t.due_at < ${now}) = ${query.overdue}`,
    );
  }
  const page = await readPage<Row>(
    db,
    {
      columns: columns(me, now),
      from,
      where,
      sorts: {
        title: { by: Prisma.sql`c.title`, type: 'text' },
        startedAt: { by: Prisma.sql`c.started_at`, type: 'timestamptz' },
        updatedAt: { by: Prisma.sql`c.updated_at`, type: 'timestamptz' },
      },
      sort: 'title',
      id: Prisma.sql`c.id::text`,
    },
    query,
  );
  return { ...page, items: await presentAll(page.items, me, definitions) };
};

/** One case that the person may see, or `case.unknown`. */
export const readCaseRow = async (
  db: Database,
  id: string,
  me: Me,
  now: Date,
  definitions: Definitions,
): Promise<CaseRow> => {
  const rows = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columns(me, now)} FROM ${from} WHERE c.id = ${id}::uuid AND ${allowed(me, 'read', 'Case')}`,
  );
  const [row] = await presentAll(rows, me, definitions);
  if (!row) throw problem('case.unknown');
  return row;
};

const presentAll = async (rows: Row[], me: Me, definitions: Definitions): Promise<CaseRow[]> => {
  const definitionOf = await definitions.read(rows.map(({ definition }) => definition));
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    ...(row.org_id && { org: { id: row.org_id, name: row.org_name ?? '' } }),
    ...(row.cycle_id && { cycle: { id: row.cycle_id, name: row.cycle_name ?? '' } }),
    status: row.status,
    phase: row.phase ?? '',
    revision: row.revision,
    ...(row.outcome && { outcome: row.outcome }),
    priority: row.priority,
    startedAt: row.started_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
    blocks: row.blocks,
    blockNames: row.blocks.map((key) => blockName(definitionOf(row.definition).template, key)),
    openTasks: row.open_tasks,
    overdueTasks: row.overdue_tasks,
    ...(row.result && { result: row.result }),
    ...(row.parent_id && { parent: { id: row.parent_id, title: row.parent_title ?? '' } }),
    can: actionsOf(row.status, me),
    around: aroundOf(row),
  }));
};

const actionsOf = (status: CaseRow['status'], me: Me): string[] => {
  if (!may(me, 'cases.control')) return [];
  if (status === 'active') return ['suspend', 'cancel', 'jump'];
  return status === 'suspended' ? ['resume', 'cancel'] : [];
};

const aroundOf = ({ status, leads: mayLead }: Pick<Row, 'status' | 'leads'>): CaseRow['around'] =>
  mayLead && (status === 'active' || status === 'suspended') ? ['comment', 'prioritise'] : ['comment'];
