import { origin } from '../audit/origin.ts';
import type { Whence } from './write.ts';

/** The request that a step belongs to, for its record. */
export function whence(): Whence {
  const { requestId = null, address = null } = origin();
  return { request: requestId, address };
}
