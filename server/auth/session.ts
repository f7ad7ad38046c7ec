import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Database, Deps } from '../http/deps.ts';
import { type Me, readMe } from './me.ts';

/** How stale `seenAt` may get, so that most requests write nothing. */
const TOUCH_MS = 60_000;

/** The cookie's value is a secret; the database keeps only its hash. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** With HTTPS the name binds the cookie to this host. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-bihuan_session' : 'bihuan_session');

/** The session token of a request, if its shape is right. */
export const readToken = (request: Request, secure: boolean): string | undefined => {
  const name = `${cookieName(secure)}=`;
  const pair = request.headers.cookie?.split('; ').find((part) => part.startsWith(name));
  const token = pair?.slice(name.length);
  return token && /^[\w-]{43}$/.test(token) ? token : undefined;
};

export const setCookie = (response: Response, token: string, secure: boolean, expires: Date): void => {
  response.cookie(cookieName(secure), token, { httpOnly: true, sameSite: 'lax', secure, path: '/', expires });
};

export const clearCookie = (response: Response, secure: boolean): void => {
  response.clearCookie(cookieName(secure), { httpOnly: true, sameSite: 'lax', secure, path: '/' });
};

/** Opens a session: a new token each time, so that one planted before sign-in is worth nothing. */
export const openSession = async (db: Database, personId: string, now: Date, hours: number) => {
  const token = randomBytes(32).toString('base64url');
  const csrf = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + hours * 3_600_000);
  const idHash = hashToken(token);
  await db.session.create({ data: { idHash, personId, csrf, createdAt: now, seenAt: now, expiresAt } });
  await db.session.deleteMany({ where: { personId, expiresAt: { lt: now } } });
  return { token, csrf, expiresAt, idHash };
};

export const closeSession = async (db: Database, idHash: string): Promise<void> => {
  await db.session.deleteMany({ where: { idHash } });
};

/**
 * Who asks, or null. `touch: false` for what the page does by itself (live updates): it does not keep a session awake.
 */
export const authenticate = async (request: Request, deps: Deps, { touch }: { touch: boolean }): Promise<Me | null> => {
  const token = readToken(request, deps.settings.secureCookies);
  if (!token) return null;
  const now = deps.clock.now();
  const idleSince = new Date(now.getTime() - deps.settings.sessionIdleMinutes * 60_000);
  const me = await readMe(deps.prisma, hashToken(token), now, idleSince);
  if (me && touch && now.getTime() - me.session.seenAt.getTime() > TOUCH_MS) {
    await deps.prisma.session.updateMany({ where: { idHash: me.session.idHash }, data: { seenAt: now } });
  }
  return me;
};
