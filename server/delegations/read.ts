import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { DelegationQuery, DelegationView } from './schema.ts';

type Ref = DelegationView['to'];

interface Row {
  id: string;
  person: Ref;
  to: Ref;
  from_at: Date;
  until_at: Date;
  scope: string[];
  reason: string;
  made_by: Ref;
  made_at: Date;
  revoked_by: Ref | null;
  revoked_at: Date | null;
  state: DelegationView['state'];
}

const ref = (alias: string) => Prisma.raw(`json_build_object('id', ${alias}.id, 'name', ${alias}.name)`);
const stateAt = (now: Date) => Prisma.sql`CASE WHEN least(d.until_at, d.revoked_at) <= ${now} THEN 'ended'
  WHEN d.from_at > ${now} THEN 'planned' ELSE 'open' END`;
const columns = (now: Date) => Prisma.sql`d.id, ${ref('p')} AS person, ${ref('b')} AS "to", d.from_at, d.until_at,
  coalesce(d.scope, '{}') AS scope, d.reason, ${ref('m')} AS made_by, d.made_at,
  CASE WHEN r.id IS NOT NULL THEN ${ref('r')} END AS revoked_by, d.revoked_at, ${stateAt(now)} AS state`;
const from = Prisma.sql`delegations d JOIN people p ON p.id = d.person_id JOIN people b ON b.id = d.to_id
  JOIN people m ON m.id = d.made_by LEFT JOIN people r ON r.id = d.revoked_by`;

/** Others than the office see what is of them or to them. */
const seen = (me: Me): Prisma.Sql => allowed(me, 'read', 'Delegation');

/** A page of delegations, those that end last first. */
export const listDelegations = async (
  db: Database,
  query: DelegationQuery,
  me: Me,
  now: Date,
): Promise<Page<DelegationView>> => {
  if (query.of === 'all' && !may(me, 'delegations.write'))
    throw problem('permission.denied', { ability: 'delegations.write' });
  const where = [seen(me)];
  if (query.of === 'mine') where.push(Prisma.sql`${me.id}::uuid IN (d.person_id, d.to_id)`);
  if (query.state) where.push(Prisma.sql`${stateAt(now)} = ${query.state}`);
  if (query.q) where.push(Prisma.sql`(p.name || ' ' || b.name || ' ' || d.reason) ILIKE ${likePattern(query.q)}`);
  const sorts = {
    until: { by: Prisma.sql`least(d.until_at, d.revoked_at)`, type: 'timestamptz' as const },
    from: { by: Prisma.sql`d.from_at`, type: 'timestamptz' as const },
    madeAt: { by: Prisma.sql`d.made_at`, type: 'timestamptz' as const },
  };
  const id = Prisma.sql`d.id::text`;
  const page = await readPage<Row>(db, { columns: columns(now), from, where, sorts, sort: '-until', id }, query);
  return { ...page, items: page.items.map(present) };
};

/** One delegation, or `delegation.unknown`. */
export const readDelegation = async (db: Database, id: string, me: Me, now: Date): Promise<DelegationView> => {
  const rows = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columns(now)} FROM ${from} WHERE d.id = ${id}::uuid AND ${seen(me)}`,
  );
  const row = rows[0];
  if (!row) throw problem('delegation.unknown');
  return present(row);
};

const present = (row: Row): DelegationView => ({
  id: row.id,
  person: row.person,
  to: row.to,
  from: row.from_at.toISOString(),
  until: row.until_at.toISOString(),
  ...(row.scope.length > 0 && { scope: row.scope }),
  reason: row.reason,
  state: row.state,
  madeBy: row.made_by,
  madeAt: row.made_at.toISOString(),
  ...(row.revoked_by && row.revoked_at && { revokedBy: row.revoked_by, revokedAt: row.revoked_at.toISOString() }),
  // Whoever sees it has part in it, or is the office.
  can: row.state === 'ended' ? [] : ['revoke'],
});
