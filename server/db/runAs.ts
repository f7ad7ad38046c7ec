import { readFileSync } from 'node:fs';
import { access, constants, lstat, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** The user that the database server runs as; undefined means this process's own user. */
export interface RunAs {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. For root this picks the user `postgres`, else `nobody`,
 * else the number 65534; for anyone else it is undefined.
 */
export const pickUser = (): RunAs | undefined => {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined;
  return passwdEntry('postgres') ?? passwdEntry('nobody') ?? { uid: 65_534, gid: 65_534 };
};

const passwdEntry = (name: string): RunAs | undefined => {
  const line = readPasswd()
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
};

const readPasswd = (): string => {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
};

/** Whether the user can pass through every folder above `path`, which need not exist yet. */
export const canReach = async (user: RunAs | undefined, path: string): Promise<boolean> => {
  if (!user) return true;
  const above = dirname(resolve(path));
  for (let folder = await realpath(above).catch(() => above); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found && !mayEnter(user, found)) return false;
    if (folder === dirname(folder)) return true;
  }
};

const mayEnter = (user: RunAs, { uid, gid, mode }: { uid: number; gid: number; mode: number }): boolean => {
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
};

/** Whether this process may create files in the folder. */
export const canWrite = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );

/** Whether a folder belongs to root (or to this user) and nobody else may write in it. */
export const isOwnFolder = async (folder: string): Promise<boolean> => {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
};
