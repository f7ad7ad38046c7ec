import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage, type SortColumn } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { Org, orgQuery } from './schema.ts';

interface Row {
  id: string;
  code: string;
  name: string;
  name_en: string | null;
  kind: string;
  category: string | null;
  parent_id: string | null;
  parent_name: string | null;
  head_id: string | null;
  head_name: string | null;
  monitoring_id: string | null;
  monitoring_name: string | null;
  day_end: string | null;
  active: boolean;
  demo: boolean;
  version: number;
  people: number;
  units: number;
}

const columns = Prisma.sql`o.id, o.code, o.name, o.name_en, o.kind, o.category, o.day_end, o.active, o.demo, o.version,
  o.parent_id, parent.name AS parent_name, o.head_id, head.name AS head_name,
  o.monitoring_unit_id AS monitoring_id, monitoring.name AS monitoring_name,
  (SELECT count(*)::int FROM people p WHERE p.org_id = o.id AND p.active) AS people,
  (SELECT count(*)::int FROM org_units below WHERE below.parent_id = o.id) AS units`;

const from = Prisma.sql`org_units o
  LEFT JOIN org_units parent ON parent.id = o.parent_id
  LEFT JOIN org_units monitoring ON monitoring.id = o.monitoring_unit_id
  LEFT JOIN people head ON head.id = o.head_id`;

const sorts: Record<string, SortColumn> = {
  code: { by: Prisma.sql`o.code COLLATE "C"`, type: 'text' },
  name: { by: Prisma.sql`o.name`, type: 'text' },
  kind: { by: Prisma.sql`o.kind`, type: 'text' },
};

/** A page of organisations. */
export const listOrgs = async (db: Database, query: z.infer<typeof orgQuery>, me: Me): Promise<Page<Org>> => {
  const where: Prisma.Sql[] = [];
  if (query.q)
    where.push(Prisma.sql`(o.name || ' ' || coalesce(o.name_en, '') || ' ' || o.code) ILIKE ${likePattern(query.q)}`);
  if (query.kind) where.push(Prisma.sql`o.kind = ${query.kind}`);
  if (query.category) where.push(Prisma.sql`o.category = ${query.category}`);
  if (query.parentId === 'none') where.push(Prisma.sql`o.parent_id IS NULL`);
  else if (query.parentId) where.push(Prisma.sql`o.parent_id = ${query.parentId}::uuid`);
  if (query.active !== undefined) where.push(Prisma.sql`o.active = ${query.active}`);
  const page = await readPage<Row>(
    db,
    { columns, from, where, sorts, sort: 'code', id: Prisma.sql`o.id::text` },
    query,
  );
  return { ...page, items: page.items.map((row) => present(row, me)) };
};

/** One organisation, or `org.unknown`. */
export const readOrg = async (db: Database, id: string, me: Me): Promise<Org> => {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`SELECT ${columns} FROM ${from} WHERE o.id = ${id}::uuid`);
  const row = rows[0];
  if (!row) throw problem('org.unknown');
  return present(row, me);
};

const ref = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : undefined);

const present = (row: Row, me: Me): Org => {
  const parent = ref(row.parent_id, row.parent_name);
  const head = ref(row.head_id, row.head_name);
  const monitoringUnit = ref(row.monitoring_id, row.monitoring_name);
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    ...(row.name_en && { nameEn: row.name_en }),
    kind: row.kind,
    ...(row.category && { category: row.category }),
    ...(parent && { parent }),
    ...(head && { head }),
    ...(monitoringUnit && { monitoringUnit }),
    ...(row.day_end && { dayEnd: row.day_end }),
    active: row.active,
    demo: row.demo,
    version: row.version,
    people: row.people,
    units: row.units,
    can: may(me, 'orgs.write') ? ['edit'] : [],
  };
};
