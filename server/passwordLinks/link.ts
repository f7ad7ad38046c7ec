import { hashToken, newToken } from '../auth/session.ts';
import type { Sql } from '../db/sql.ts';
import type { Settings } from '../settings/index.ts';

export type LinkKind = 'reset' | 'invitation';

/** A link that resets a password is good for so long at most. */
const RESET_MINUTES = 30;
const MINUTE = 60_000;

export interface FreshLink {
  token: string;
  expiresAt: Date;
}

/** Makes a link by which a person chooses a password, once. Older ones of the same person end. */
export const makeLink = async (
  sql: Sql,
  { personId, kind }: { personId: string; kind: LinkKind },
  now: Date,
  { invitationDays }: Pick<Settings, 'invitationDays'>,
): Promise<FreshLink> => {
  const token = newToken();
  const minutes = kind === 'reset' ? RESET_MINUTES : invitationDays * 24 * 60;
  const expiresAt = new Date(now.getTime() + minutes * MINUTE);
  await sql.query(
    `UPDATE password_links SET used_at = $2::timestamptz WHERE person_id = $1::uuid AND used_at IS NULL`,
    [personId, now.toISOString()],
  );
  await sql.query(
    `INSERT INTO password_links (token_hash, person_id, kind, at, expires_at) VALUES ($1, $2::uuid, $3, $4::timestamptz, $5::timestamptz)`,
    [hashToken(token), personId, kind, now.toISOString(), expiresAt.toISOString()],
  );
  return { token, expiresAt };
};

/** Where a link leads. Behind the `#`, so that neither a server nor a proxy ever sees the token. */
export const pathOf = (kind: LinkKind, token: string): string => `/#/${kind}?token=${token}`;
