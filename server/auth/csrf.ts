import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { problem } from '../http/problem.ts';
import type { Me } from './me.ts';

/**
 * Refuses a change that another site sent. Browsers name the origin of every change; `publicUrl` is our own behind a proxy.
 */
export const checkOrigin = (request: Request, publicUrl: string | undefined): void => {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (site === 'cross-site') throw problem('origin.foreign', { origin: origin ?? String(site) });
  if (origin === undefined) return;
  const own = [`${request.protocol}://${host}`, ...(publicUrl ? [new URL(publicUrl).origin] : [])];
  if (!own.includes(origin)) throw problem('origin.foreign', { origin: origin.slice(0, 200) });
};

/** Refuses a change without the session's own token, which no other site can read. */
export const checkCsrf = (request: Request, me: Me): void => {
  const given = Buffer.from(request.get('x-csrf-token') ?? '');
  const expected = Buffer.from(me.session.csrf);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw problem('csrf.missing');
};
