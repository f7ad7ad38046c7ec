import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Answer } from '../http/route.ts';

/** So long, in seconds, anybody may keep what is public; then they ask whether it still holds. */
const KEPT = 60;

/** The headers of a public answer, with a tag of what it says. */
export const publicHeaders = (said: string | Buffer): Record<string, string> => ({
  'Cache-Control': `public, max-age=${KEPT}`,
  ETag: `"${createHash('sha256').update(said).digest('base64url').slice(0, 27)}"`,
});

/** Whether the caller has this already (If-None-Match). */
export const isKnown = (request: Request, tag: string | undefined): boolean =>
  tag !== undefined &&
  (request.get('if-none-match') ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === tag || one === '*');

/** A public JSON answer: with its tag, or only the word that nothing has changed. */
export function publicAnswer<Body>(request: Request, body: Body): Answer<Body> {
  const headers = publicHeaders(JSON.stringify(body));
  return isKnown(request, headers.ETag) ? { status: 304, headers } : { body, headers };
}
