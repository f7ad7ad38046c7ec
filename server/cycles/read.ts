import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { may, seesAll } from '../auth/policy.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { Cycle, cycleQuery } from './schema.ts';

interface Row {
  id: string;
  name: string;
  year: number;
  template_key: string;
  template_version: number;
  template_name: Text;
  status: Cycle['status'];
  launched_at: Date;
  closed_at: Date | null;
  total: number;
  started: number;
  active: number;
  done: number;
  cancelled: number;
  case_id: string | null;
}

const columns = Prisma.sql`y.id, y.name, y.year, y.template_key, y.template_version, t.content->'name' AS template_name, y.status,
  y.launched_at, y.closed_at, p.total, p.started, s.active, s.done, s.cancelled,
  (SELECT own.id FROM cases own WHERE own.cycle_id = y.id AND own.kind = 'cycle') AS case_id`;

const from = Prisma.sql`cycles y
  JOIN templates t ON t.key = y.template_key AND t.version = y.template_version
  CROSS JOIN LATERAL (SELECT count(*)::int AS total, count(case_id)::int AS started FROM cycle_participants p WHERE p.cycle_id = y.id) p
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE c.status IN ('active', 'suspended'))::int AS active,
           count(*) FILTER (WHERE c.status = 'done')::int AS done, count(*) FILTER (WHERE c.status = 'cancelled')::int AS cancelled
    FROM cases c WHERE c.cycle_id = y.id AND c.kind = 'participant') s`;

/** A page of cycles, the latest first. */
export const listCycles = async (db: Database, query: z.infer<typeof cycleQuery>, me: Me): Promise<Page<Cycle>> => {
  const where: Prisma.Sql[] = [];
  if (query.q) where.push(Prisma.sql`y.name ILIKE ${likePattern(query.q)}`);
  if (query.status) where.push(Prisma.sql`y.status = ${query.status}`);
  if (query.year !== undefined) where.push(Prisma.sql`y.year = ${query.year}`);
  const page = await readPage<Row>(
    db,
    {
      columns,
      from,
      where,
      sorts: {
        launchedAt: { by: Prisma.sql`y.launched_at`, type: 'timestamptz' },
        year: { by: Prisma.sql`y.year`, type: 'int' },
        name: { by: Prisma.sql`y.name`, type: 'text' },
      },
      sort: '-launchedAt',
      id: Prisma.sql`y.id::text`,
    },
    query,
  );
  return { ...page, items: page.items.map((row) => present(row, me)) };
};

/** One cycle, or `cycle.unknown`. */
export const readCycle = async (db: Database, id: string, me: Me): Promise<Cycle> => {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`SELECT ${columns} FROM ${from} WHERE y.id = ${id}::uuid`);
  const row = rows[0];
  if (!row) throw problem('cycle.unknown');
  const { documents } = await readCycleTemplate(db, id);
  return { ...present(row, me), ...(documents && { documents }) };
};

/** The template that a cycle runs. */
export const readCycleTemplate = async (db: Database, id: string): Promise<CycleTemplate> => {
  const rows = await db.$queryRaw<{ content: CycleTemplate }[]>(Prisma.sql`
    SELECT t.content FROM cycles y JOIN templates t ON t.key = y.template_key AND t.version = y.template_version WHERE y.id = ${id}::uuid`);
  const row = rows[0];
  if (!row) throw problem('cycle.unknown');
  return row.content;
};

const present = (row: Row, me: Me): Cycle => ({
  id: row.id,
  name: row.name,
  year: row.year,
  template: { key: row.template_key, version: row.template_version, name: row.template_name },
  status: row.status,
  launchedAt: row.launched_at.toISOString(),
  ...(row.closed_at && { closedAt: row.closed_at.toISOString() }),
  progress: { total: row.total, started: row.started, active: row.active, done: row.done, cancelled: row.cancelled },
  ...(row.case_id && seesAll(me) && { case: row.case_id }),
  can: actionsOf(row.status, me),
});

const actionsOf = (status: Cycle['status'], me: Me): string[] => {
  const control = may(me, 'cases.control');
  return [
    ...(seesAll(me) ? ['watch'] : []),
    ...(control && status === 'running' ? ['suspend'] : []),
    ...(control && status === 'suspended' ? ['resume'] : []),
    ...(control && ['launching', 'running', 'suspended'].includes(status) ? ['cancel'] : []),
  ];
};
