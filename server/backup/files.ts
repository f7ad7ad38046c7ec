import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PUBLIC_KEYS } from '../audit/key.ts';
import { codeOf } from '../db/error.ts';
import { hashFile } from './archive.ts';

/** Keys of an instance in its data folder: without them what is sealed in the database cannot be opened. */
const KEYS = /^[\w-]+\.key$/;

/** The checkpoints of the audit. */
export const CHECKPOINTS = 'audit/audit-checkpoints.jsonl';

/** What they are verified with: no secret, so it is in every backup. */
export const AUDIT_KEYS = `audit/${PUBLIC_KEYS}`;

/** A file to keep, by its path in the backup. */
export interface KeptFile {
  path: string;
  from: string;
}

/** The keys that the data folder has. */
export const listKeys = async (data: string): Promise<KeptFile[]> => {
  const names = await readdir(data).catch((error) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => KEYS.test(name)).map((name) => ({ path: `keys/${name}`, from: join(data, name) }));
};

/** Where a kept file that is no evidence belongs. */
export const placeOfKept = (data: string, path: string): string => join(data, ...path.split('/').slice(1));

/** The keys of the target that are others than those to be restored. */
export const otherKeys = async (data: string, keys: readonly { path: string; sha256: string }[]): Promise<string[]> => {
  const wanted = new Map(keys.map(({ path, sha256 }) => [path, sha256]));
  const there = (await listKeys(data)).filter(({ path }) => wanted.has(path));
  const hashes = await Promise.all(there.map(async ({ path, from }) => ({ path, ...(await hashFile(from)) })));
  return hashes.filter(({ path, sha256 }) => sha256 !== wanted.get(path)).map(({ path }) => path);
};
