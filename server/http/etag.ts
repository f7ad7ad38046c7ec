import type { Request } from 'express';
import { problem } from './problem.ts';

/** The ETag of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/** The version that the caller changes, from If-Match. `*` is no version: the caller must have read it. */
export const readIfMatch = (request: Request): number => {
  const given = request.get('if-match');
  const version = given && /^(?:W\/)?"(\d{1,9})"$/.exec(given.trim())?.[1];
  if (!version) throw problem('version.required');
  return Number(version);
};

/** Refuses a change of something that has moved on. */
export const checkVersion = (current: number, named: number): void => {
  if (current !== named) throw problem('version.stale', { current });
};
