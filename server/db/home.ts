import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf } from './error.ts';
import { canReach, canWrite, pickUser, type RunAs } from './runAs.ts';
import { stageRoot } from './stage.ts';

/** What a data folder remembers of its cluster, in cluster.json (readable by its owner only). */
export interface ClusterRecord {
  password: string;
  /** Where the cluster is when it can not be in `<data>/pg`. */
  home?: string;
  port?: number;
}

/** Where a data folder's cluster lives, and as whom its server runs. */
export interface ClusterHome {
  record: ClusterRecord;
  home: string;
  user: RunAs | undefined;
  /** Set when the cluster is kept outside the data folder. */
  staged: string | undefined;
}

/** Finds, or decides once and records, where the cluster of a data folder lives. */
export const settleHome = async (data: string, stage?: string): Promise<ClusterHome> => {
  const known = await readRecord(data);
  const record = known ?? { password: randomBytes(24).toString('hex') };
  const user = await ownerOf(record.home ?? join(data, 'pg'));
  const home = record.home ?? ((await fits(user, data)) ? join(data, 'pg') : await newStagedHome(data, stage));
  const staged = home === join(data, 'pg') ? undefined : home;
  if (staged) record.home = staged;
  await makePrivate(home, user);
  if (!known || known.home !== staged) await writeRecord(data, record);
  return { record, home, user, staged };
};

export const readRecord = async (data: string): Promise<ClusterRecord | undefined> => {
  try {
    return JSON.parse(await readFile(recordOf(data), 'utf8')) as ClusterRecord;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

export const writeRecord = async (data: string, record: ClusterRecord): Promise<void> => {
  const draft = `${recordOf(data)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, recordOf(data));
};

/** Homes of earlier clusters of the same folder that no record points to any more. */
export const abandonedHomes = async (data: string, current: string): Promise<string[]> => {
  const root = dirname(current);
  const prefix = `${await stagePrefix(data)}-`;
  return (await readdir(root))
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(root, name))
    .filter((path) => path !== current);
};

/** A folder for Unix sockets: their whole path may be 107 bytes at most. */
export const socketFolder = async (home: string, user: RunAs | undefined): Promise<string> => {
  if (Buffer.byteLength(home) < 80) return home;
  const folder = join('/tmp', `bihuan-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`);
  await makePrivate(folder, user);
  return folder;
};

/** A new folder for a throw-away cluster that its server can reach. */
export const temporaryHome = async (user: RunAs | undefined): Promise<string> => {
  for (const parent of [tmpdir(), '/tmp', '/var/tmp']) {
    if (!(await canReach(user, join(parent, 'x'))) || !(await canWrite(parent))) continue;
    const home = await mkdtemp(join(parent, 'bihuan-pg-'));
    await makePrivate(home, user);
    return home;
  }
  const home = await mkdtemp(join(await stageRoot(), 'temporary-'));
  await makePrivate(home, user);
  return home;
};

const recordOf = (data: string): string => join(data, 'cluster.json');

/** Whether the server can work in `<data>/pg`: reach it, and own it (some mounts know no owners). */
const fits = async (user: RunAs | undefined, data: string): Promise<boolean> => {
  if (!user) return true;
  const home = join(data, 'pg');
  if (!(await canReach(user, home))) return false;
  try {
    await makePrivate(home, user);
    return (await stat(home)).uid === user.uid;
  } catch (error) {
    if (['EPERM', 'EINVAL', 'ENOTSUP', 'EROFS'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
};

/** An existing cluster keeps its user, whatever users the machine has meanwhile. */
const ownerOf = async (home: string): Promise<RunAs | undefined> => {
  const picked = pickUser();
  const found = picked && (await stat(join(home, 'data')).catch(() => undefined));
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : picked;
};

const makePrivate = async (folder: string, user: RunAs | undefined): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
};

const newStagedHome = async (data: string, stage: string | undefined): Promise<string> =>
  join(await stageRoot(stage), `${await stagePrefix(data)}-${randomBytes(4).toString('hex')}`);

const stagePrefix = async (data: string): Promise<string> =>
  `data-${createHash('sha256')
    .update(await realpath(data))
    .digest('hex')
    .slice(0, 12)}`;
