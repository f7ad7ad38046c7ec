import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { type HeldRole, heldRoles, presentRoles } from '../auth/heldRoles.ts';
import { ADMINISTRATORS } from '../auth/roles.ts';
import { idleSince } from '../auth/session.ts';
import type { Database, Deps } from '../http/deps.ts';
import { likePattern, type Page, readPage, type SortColumn } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { isReachable } from '../passwordLinks/ask.ts';
import type { Account, accountQuery } from './schema.ts';

interface Row {
  id: string;
  username: string;
  name: string;
  org_id: string;
  org_name: string;
  roles: HeldRole[];
  active: boolean;
  email: string | null;
  has_password: boolean;
  password_changed_at: Date;
  signed_in_at: Date | null;
  locked_until: Date | null;
  second_factor_since: Date | null;
  invited_until: Date | null;
  sessions: number;
}

const sorts: Record<string, SortColumn> = {
  username: { by: Prisma.sql`p.username COLLATE "C"`, type: 'text' },
  name: { by: Prisma.sql`p.name`, type: 'text' },
};

/** Accounts as they stand `now`, and the conditions by which they are looked for. */
const accountsAt = (now: Date, { settings }: Pick<Deps, 'settings'>) => {
  const locked = Prisma.sql`(SELECT max(c.locked_until) FROM sign_in_counts c
    WHERE c.key IN ('person:' || p.id, 'factor:' || p.id) AND c.locked_until > ${now})`;
  const sessions = Prisma.sql`(SELECT count(*)::int FROM sessions s
    WHERE s.person_id = p.id AND s.expires_at > ${now} AND s.seen_at > ${idleSince(now, settings)})`;
  const factor = Prisma.sql`(SELECT f.confirmed_at FROM second_factors f WHERE f.person_id = p.id)`;
  const states: Record<NonNullable<z.infer<typeof accountQuery>['state']>, Prisma.Sql> = {
    locked: Prisma.sql`${locked} IS NOT NULL`,
    signedIn: Prisma.sql`${sessions} > 0`,
    noSecondFactor: Prisma.sql`${factor} IS NULL AND p.active
      AND EXISTS (SELECT FROM roles r WHERE r.person_id = p.id AND r.role = ANY(${[...ADMINISTRATORS]}::text[]))`,
    noPassword: Prisma.sql`p.password_hash IS NULL AND p.active`,
    closed: Prisma.sql`NOT p.active`,
  };
  const columns = Prisma.sql`p.id, p.username, p.name, p.org_id, o.name AS org_name, p.active, p.email,
    p.password_hash IS NOT NULL AS has_password, p.password_changed_at, p.signed_in_at,
    ${locked} AS locked_until, ${factor} AS second_factor_since, ${sessions} AS sessions,
    (SELECT max(l.expires_at) FROM password_links l
     WHERE l.person_id = p.id AND l.kind = 'invitation' AND l.used_at IS NULL AND l.expires_at > ${now}) AS invited_until,
    ${heldRoles('p')} AS roles`;
  return { columns, from: Prisma.sql`people p JOIN org_units o ON o.id = p.org_id`, states };
};

type Asking = Pick<Deps, 'settings'> & { now: Date };

/** A page of accounts: who can sign in, who is signed in, who is locked. */
export const listAccounts = async (
  db: Database,
  query: z.infer<typeof accountQuery>,
  asking: Asking,
): Promise<Page<Account>> => {
  const { columns, from, states } = accountsAt(asking.now, asking);
  const where: Prisma.Sql[] = [];
  if (query.q) where.push(Prisma.sql`(p.name || ' ' || p.username) ILIKE ${likePattern(query.q)}`);
  if (query.state) where.push(states[query.state]);
  const table = { columns, from, where, sorts, sort: 'username', id: Prisma.sql`p.id::text` };
  const page = await readPage<Row>(db, table, query);
  return { ...page, items: page.items.map((row) => present(row, asking)) };
};

/** One account, or `person.unknown`. */
export const readAccount = async (db: Database, id: string, asking: Asking): Promise<Account> => {
  const { columns, from } = accountsAt(asking.now, asking);
  const [row] = await db.$queryRaw<Row[]>(Prisma.sql`SELECT ${columns} FROM ${from} WHERE p.id = ${id}::uuid`);
  if (!row) throw problem('person.unknown');
  return present(row, asking);
};

const present = (row: Row, asking: Asking): Account => ({
  id: row.id,
  username: row.username,
  name: row.name,
  org: { id: row.org_id, name: row.org_name },
  roles: presentRoles(row.roles),
  active: row.active,
  hasPassword: row.has_password,
  ...(row.has_password && { passwordChangedAt: row.password_changed_at.toISOString() }),
  ...(row.signed_in_at && { signedInAt: row.signed_in_at.toISOString() }),
  ...(row.locked_until && { lockedUntil: row.locked_until.toISOString() }),
  ...(row.second_factor_since && { secondFactorSince: row.second_factor_since.toISOString() }),
  ...(row.invited_until && { invitedUntil: row.invited_until.toISOString() }),
  sessions: row.sessions,
  reachable: isReachable(row, asking),
});
