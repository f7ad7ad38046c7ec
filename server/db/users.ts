import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProcessIdentity, self, stillLives } from './process.ts';

/** One opening of a cluster by one process. */
export interface UserMark {
  /** Takes the mark away; true when nobody else living has one. */
  leave(): boolean;
}

/**
 * Marks that this process uses the cluster of a data folder. Whoever leaves last stops the server, so a
 * command that attached to a running one does not, and a server orphaned by kill -9 finds a new owner.
 */
export const markUser = async (data: string): Promise<UserMark> => {
  const folder = join(data, 'cluster.users');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const mark = join(folder, `${process.pid}-${randomUUID()}.json`);
  await writeFile(mark, JSON.stringify(self()), { mode: 0o600 });
  return {
    leave: () => {
      rmSync(mark, { force: true });
      return livingUsers(folder) === 0;
    },
  };
};

/** Counts the marks of living processes and sweeps those of dead ones. */
const livingUsers = (folder: string): number =>
  list(folder).filter((name) => {
    const path = join(folder, name);
    const identity = readIdentity(path);
    if (identity && stillLives(identity)) return true;
    rmSync(path, { force: true });
    return false;
  }).length;

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

const readIdentity = (path: string): ProcessIdentity | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
};
