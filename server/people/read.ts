import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { type HeldRole, heldRoles, presentRoles } from '../auth/heldRoles.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import type { Level } from '../evidence/level.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage, type SortColumn } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { Person, personQuery } from './schema.ts';

interface Row {
  id: string;
  username: string;
  name: string;
  title: string | null;
  email: string | null;
  org_id: string;
  org_name: string;
  roles: HeldRole[];
  active: boolean;
  demo: boolean;
  clearance: Level;
  version: number;
  has_password: boolean;
}

const columns = Prisma.sql`p.id, p.username, p.name, p.title, p.email, p.org_id, o.name AS org_name, p.active, p.demo, p.clearance, p.version,
  p.password_hash IS NOT NULL AS has_password,
  ${heldRoles('p')} AS roles`;
const from = Prisma.sql`people p JOIN org_units o ON o.id = p.org_id`;

const sorts: Record<string, SortColumn> = {
  username: { by: Prisma.sql`p.username COLLATE "C"`, type: 'text' },
  name: { by: Prisma.sql`p.name`, type: 'text' },
  org: { by: Prisma.sql`o.code COLLATE "C"`, type: 'text' },
};

/** A page of people. */
export const listPeople = async (db: Database, query: z.infer<typeof personQuery>, me: Me): Promise<Page<Person>> => {
  const where: Prisma.Sql[] = [];
  if (query.q)
    where.push(Prisma.sql`(p.name || ' ' || p.username || ' ' || coalesce(p.title, '')) ILIKE ${likePattern(query.q)}`);
  if (query.orgId) where.push(Prisma.sql`p.org_id = ${query.orgId}::uuid`);
  if (query.role)
    where.push(Prisma.sql`EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id AND r.role = ${query.role})`);
  if (query.active !== undefined) where.push(Prisma.sql`p.active = ${query.active}`);
  const page = await readPage<Row>(
    db,
    { columns, from, where, sorts, sort: 'username', id: Prisma.sql`p.id::text` },
    query,
  );
  return { ...page, items: page.items.map((row) => present(row, me)) };
};

/** One person, or `person.unknown`. */
export const readPerson = async (db: Database, id: string, me: Me): Promise<Person> => {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`SELECT ${columns} FROM ${from} WHERE p.id = ${id}::uuid`);
  const row = rows[0];
  if (!row) throw problem('person.unknown');
  return present(row, me);
};

const present = (row: Row, me: Me): Person => {
  const keeps = may(me, 'people.write');
  const grants = may(me, 'roles.write') && row.id !== me.id;
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    ...(row.title && { title: row.title }),
    ...(row.email && (keeps || may(me, 'accounts.write') || row.id === me.id) && { email: row.email }),
    org: { id: row.org_id, name: row.org_name },
    roles: presentRoles(row.roles),
    ...((may(me, 'roles.write') || row.id === me.id) && { clearance: row.clearance }),
    active: row.active,
    demo: row.demo,
    version: row.version,
    can: [
      ...(keeps ? ['edit'] : []),
      ...(keeps && row.active && !row.has_password ? ['invite'] : []),
      ...(grants ? ['grant'] : []),
    ],
  };
};
