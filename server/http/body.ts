import express, { type Request, type Response } from 'express';
import { decodeUtf8, parseStrictJson } from './json.ts';
import { problem } from './problem.ts';

/** Reads the raw body up to a limit; a compressed one is refused, so that nothing small grows large. */
export const readBytes = async (request: Request, response: Response, limit: number): Promise<Buffer> => {
  if (Number(request.headers['content-length']) > limit) throw problem('body.tooLarge', { limit });
  const read = express.raw({ type: () => true, limit, inflate: false });
  await new Promise<void>((resolve, reject) => {
    read(request, response, (error?: unknown) => (error ? reject(bodyError(error, limit)) : resolve()));
  });
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
};

/** Reads a JSON body; its type must say so, since a form of another site cannot. */
export const readJson = async (request: Request, response: Response, limit: number): Promise<unknown> => {
  if (!request.is('application/json')) throw problem('body.type', { expected: 'application/json' });
  return parseStrictJson(decodeUtf8(await readBytes(request, response, limit)));
};

const bodyError = (error: unknown, limit: number): unknown => {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return problem('body.tooLarge', { limit });
  if (type === 'encoding.unsupported') return problem('body.type', { expected: 'Content-Encoding: identity' });
  if (type === 'request.aborted' || type === 'request.size.invalid') {
    return problem('body.malformed', { reason: 'the body ended early' });
  }
  return error;
};
