import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { Prisma } from '../../prisma/client/client.ts';
import type { Database, Deps } from '../http/deps.ts';
import type { Settings } from '../settings/index.ts';
import { type Me, readMe } from './me.ts';

/** How stale `seenAt` may get, so that most requests write nothing. */
const TOUCH_MS = 60_000;

/** A secret of 256 bits, as it stands in a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const tokenShape = /^[\w-]{43}$/;

/** Cookies and links are secrets; the database keeps only their hashes. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** With HTTPS the name binds the cookie to this host. */
export const cookieName = (secure: boolean, name = 'bihuan_session'): string => (secure ? `__Host-${name}` : name);

/** A cookie that holds a token, if its shape is right. */
export const readTokenCookie = (request: Request, cookie: string): string | undefined => {
  const name = `${cookie}=`;
  const pair = request.headers.cookie?.split('; ').find((part) => part.startsWith(name));
  const token = pair?.slice(name.length);
  return token && tokenShape.test(token) ? token : undefined;
};

/** The session token of a request. */
export const readToken = (request: Request, secure: boolean): string | undefined =>
  readTokenCookie(request, cookieName(secure));

const cookieOptions = (secure: boolean) => ({ httpOnly: true, sameSite: 'lax', secure, path: '/' }) as const;

export const setCookie = (
  response: Response,
  token: string,
  secure: boolean,
  expires: Date,
  name = cookieName(secure),
): void => {
  response.cookie(name, token, { ...cookieOptions(secure), expires });
};

export const clearCookie = (response: Response, secure: boolean, name = cookieName(secure)): void => {
  response.clearCookie(name, cookieOptions(secure));
};

/** Where a session is opened from. */
export interface Opening {
  personId: string;
  address: string;
  agent: string;
  /** A second factor was shown. */
  secondFactor: boolean;
}

/**
 * Opens a session: a new token each time, so that one planted before sign-in is worth nothing. Whoever has more of them than the
 * settings allow loses the oldest.
 */
export const openSession = async (
  db: Database,
  opening: Opening,
  now: Date,
  { sessionHours, sessionLimit }: Pick<Settings, 'sessionHours' | 'sessionLimit'>,
) => {
  const { personId } = opening;
  const token = newToken();
  const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000);
  const idHash = hashToken(token);
  await db.session.create({
    data: { idHash, csrf: newToken(), createdAt: now, seenAt: now, expiresAt, ...opening },
  });
  await db.session.deleteMany({ where: { personId, expiresAt: { lt: now } } });
  await db.$executeRaw(Prisma.sql`
    DELETE FROM sessions WHERE id_hash IN (
      SELECT id_hash FROM sessions WHERE person_id = ${personId}::uuid ORDER BY id_hash <> ${idHash}, created_at DESC OFFSET ${sessionLimit}::bigint)`);
  return { token, expiresAt, idHash };
};

export const closeSession = async (db: Database, idHash: string): Promise<void> => {
  await db.session.deleteMany({ where: { idHash } });
};

/** Gives a session another token, because what it may do has changed. Its absolute end stays. */
export const renewSession = async (
  db: Database,
  { session }: Pick<Me, 'session'>,
  change: { secondFactor?: boolean } = {},
): Promise<string> => {
  const token = newToken();
  await db.session.update({ where: { idHash: session.idHash }, data: { idHash: hashToken(token), ...change } });
  return token;
};

/** Ends the sessions of a person, but one. Gives how many there were. */
export const endSessions = async (db: Database, personId: string, butIdHash?: string): Promise<number> => {
  const { count } = await db.session.deleteMany({
    where: { personId, ...(butIdHash !== undefined && { idHash: { not: butIdHash } }) },
  });
  await db.signInChallenge.deleteMany({ where: { personId } });
  return count;
};

/** From when on a session that was not used since is over. */
export const idleSince = (now: Date, { sessionIdleMinutes }: Pick<Settings, 'sessionIdleMinutes'>): Date =>
  new Date(now.getTime() - sessionIdleMinutes * 60_000);

/**
 * Who asks, or null. `touch: false` for what the page does by itself (live updates, and what it fetches while nobody is at it):
 * it does not keep a session awake.
 */
export const authenticate = async (request: Request, deps: Deps, { touch }: { touch: boolean }): Promise<Me | null> => {
  const token = readToken(request, deps.settings.secureCookies);
  if (!token) return null;
  const now = deps.clock.now();
  const me = await readMe(deps.prisma, hashToken(token), now, idleSince(now, deps.settings));
  const used = touch && request.get('x-unattended') === undefined;
  if (me && used && now.getTime() - me.session.seenAt.getTime() > TOUCH_MS) {
    await deps.prisma.session.updateMany({ where: { idHash: me.session.idHash }, data: { seenAt: now } });
  }
  return me;
};
