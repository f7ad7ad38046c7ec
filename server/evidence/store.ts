import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Files by content, in the data folder: the same file is kept once, and no name of a user is ever a path. */
export const pathOf = (data: string, sha256: string): string => join(data, 'evidence', sha256.slice(0, 2), sha256);

/** Where uploads arrive; one that is cut off leaves its file there, and nowhere else. */
export const incomingFolder = async (data: string): Promise<string> => {
  const folder = join(data, 'evidence', 'incoming');
  await mkdir(folder, { recursive: true });
  return folder;
};

export const incomingName = (): string => `${randomUUID()}.part`;

/** Moves an upload to its place by content; it is on disk before this returns. Gives its hash. */
export const keepFile = async (data: string, incoming: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(incoming), hash);
  const sha256 = hash.digest('hex');
  const place = pathOf(data, sha256);
  await mkdir(dirname(place), { recursive: true });
  if (await exists(place)) await rm(incoming);
  else {
    await sync(incoming);
    await rename(incoming, place);
    await sync(dirname(place));
  }
  return sha256;
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
