import type pg from 'pg';
import type { Delegation } from '../../workflows/approval/delegation.ts';

/** A window as its row says it: revoked, it ends when it was revoked; no scope is everything. */
export interface DelegationRow {
  person: string;
  to: string;
  from: Date | string;
  until: Date | string;
  scope: string[];
}

/** What a query of `delegations d` selects, to be read by `toDelegation`. */
export const WINDOW_COLUMNS = `d.person_id::text AS person, d.to_id::text AS "to", d.from_at AS "from",
  least(d.until_at, d.revoked_at) AS until, coalesce(d.scope, '{}') AS scope`;

export const toDelegation = ({ person, to, from, until, scope }: DelegationRow): Delegation => ({
  person,
  to,
  from: new Date(from),
  until: new Date(until),
  scope: scope.length === 0 ? null : scope,
});

/** Every window that is open at an instant. */
export const openDelegations = async (db: Pick<pg.PoolClient, 'query'>, at: Date): Promise<Delegation[]> => {
  const { rows } = await db.query<DelegationRow>(
    `SELECT ${WINDOW_COLUMNS} FROM delegations d WHERE d.from_at <= $1 AND $1 < least(d.until_at, d.revoked_at)`,
    [at],
  );
  return rows.map(toDelegation);
};
