import type { Request, Response } from 'express';
import type { z } from 'zod';
import { record } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import type { Deps } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { oneLine } from '../mail/line.ts';
import { readMe } from './me.ts';
import { presentMe } from './present.ts';
import type { signInAnswer } from './schema.ts';
import {
  clearCookie,
  closeSession,
  cookieName,
  hashToken,
  idleSince,
  newToken,
  openSession,
  readToken,
  readTokenCookie,
  setCookie,
} from './session.ts';

/** How long the second step of signing in may take. */
const CHALLENGE_MINUTES = 5;
const challengeCookie = (secure: boolean): string => cookieName(secure, 'bihuan_challenge');

export interface SigningIn {
  deps: Deps;
  request: Request;
  response: Response;
  now: Date;
}

/** How somebody has shown who they are. */
export interface Shown {
  /** `password`, or the name of whoever vouched for them. */
  by: string;
  /** The route by which they came: the row in the audit has its name. */
  action: string;
  /** A second factor was shown too, here or there. */
  secondFactor?: boolean;
}

/**
 * What follows once it is known who signs in, whoever found that out: a session with its cookie, or the question for the second
 * factor of those who have one. The question is remembered by a cookie of its own, good for some minutes.
 */
export const completeSignIn = async (
  person: { id: string },
  { by, action, secondFactor = false }: Shown,
  { deps, request, response, now }: SigningIn,
): Promise<z.infer<typeof signInAnswer>> => {
  const { prisma, settings } = deps;
  const secure = settings.secureCookies;
  const object = `people/${person.id}`;
  const factor = await prisma.secondFactor.findUnique({ where: { personId: person.id } });
  if (factor?.confirmedAt && !secondFactor) {
    const token = newToken();
    const expiresAt = new Date(now.getTime() + CHALLENGE_MINUTES * 60_000);
    await prisma.$transaction(async (db) => {
      await db.signInChallenge.create({ data: { tokenHash: hashToken(token), personId: person.id, expiresAt } });
      await record(overPrisma(db), { action, object, actor: person.id, detail: { by, asked: 'secondFactor' } });
    });
    setCookie(response, token, secure, expiresAt, challengeCookie(secure));
    return { secondFactor: true };
  }
  const old = readToken(request, secure);
  const session = await prisma.$transaction(async (db) => {
    if (old) await closeSession(db, hashToken(old));
    await db.person.update({ where: { id: person.id }, data: { signedInAt: now } });
    const agent = oneLine(request.get('user-agent') ?? '', 300);
    const opening = { personId: person.id, address: request.ip ?? '', agent, secondFactor };
    // The accounts of the demo city are everybody's: no visitor shuts another out.
    const limits = deps.demo ? { ...settings, sessionLimit: Number.MAX_SAFE_INTEGER } : settings;
    const opened = await openSession(db, opening, now, limits);
    await record(overPrisma(db), { action, object, actor: person.id, detail: { by, secondFactor } });
    return opened;
  });
  const me = await readMe(prisma, session.idHash, now, idleSince(now, settings));
  if (!me) throw problem('signin.failed');
  setCookie(response, session.token, secure, session.expiresAt);
  return presentMe(me, deps, now);
};

/** Whose second factor a browser was asked for; `signin.expired` when that was too long ago, or never. */
export const readChallenge = async ({ deps, request, now }: SigningIn): Promise<{ personId: string; hash: string }> => {
  const token = readTokenCookie(request, challengeCookie(deps.settings.secureCookies));
  const hash = token && hashToken(token);
  const challenge = hash
    ? await deps.prisma.signInChallenge.findUnique({ where: { tokenHash: hash }, include: { person: true } })
    : null;
  if (!challenge || challenge.expiresAt <= now || !challenge.person.active) throw problem('signin.expired');
  return { personId: challenge.personId, hash: challenge.tokenHash };
};

/** A challenge leads to one session. */
export const closeChallenge = async ({ deps, response }: SigningIn, tokenHash: string): Promise<void> => {
  const { count } = await deps.prisma.signInChallenge.deleteMany({ where: { tokenHash } });
  if (count === 0) throw problem('signin.expired');
  clearCookie(response, deps.settings.secureCookies, challengeCookie(deps.settings.secureCookies));
};
