import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { problem } from '../http/problem.ts';
import { pathOf } from './store.ts';

/** Answers with a kept file, to be saved and never to be run. */
export const sendFile = async (
  response: Response,
  data: string,
  { sha256, mime, size, name }: { sha256: string; mime: string; size: number; name: string },
): Promise<void> => {
  const path = pathOf(data, sha256);
  await access(path).catch(() => {
    throw problem('evidence.unknown');
  });
  response.set({
    'Content-Type': mime,
    'Content-Length': String(size),
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, no-store',
  });
  await pipeline(createReadStream(path), response);
};
