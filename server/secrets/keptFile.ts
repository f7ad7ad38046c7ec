import { randomBytes } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../db/error.ts';

/**
 * Makes a file that only its owner reads, unless it is there: of processes that start together the first one's stays, because a
 * link never replaces what is there. True: it is this one's.
 */
export const makeOnce = async (path: string, content: string | Buffer): Promise<boolean> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(draft, { force: true });
  }
};
