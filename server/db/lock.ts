import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { toldError } from '../toldError.ts';
import { codeOf } from './error.ts';
import { type ProcessIdentity, self, stillLives } from './process.ts';

type Holder = ProcessIdentity & { token: string };

/**
 * Runs `work` while no other process of this machine holds the lock file.
 * The lock of a process that died is taken over. Not reentrant.
 */
export const withFileLock = async <Result>(
  path: string,
  work: () => Promise<Result>,
  { timeoutMs = 120_000 }: { timeoutMs?: number } = {},
): Promise<Result> => {
  const holder: Holder = { ...self(), token: randomUUID() };
  const deadline = performance.now() + timeoutMs;
  while (!(await tryToHold(path, holder))) {
    if (performance.now() > deadline) throw lockTimeout(path, await readHolder(path));
    await pause(20);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
};

const tryToHold = async (path: string, holder: Holder): Promise<boolean> => {
  if (await createWhole(path, holder)) return true;
  const current = await readHolder(path);
  if (current && !stillLives(current)) await removeDead(path, current);
  return false;
};

/** Creates the file with its content in one step; false when it exists. */
const createWhole = async (path: string, holder: Holder): Promise<boolean> => {
  const draft = `${path}.${holder.token}`;
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
};

/**
 * Removes the lock of a dead holder. Only one process gets the right to remove a given holder's lock,
 * so a lock taken meanwhile by somebody else can not be removed by mistake.
 */
const removeDead = async (path: string, dead: Holder): Promise<void> => {
  const right = `${path}.${dead.token}.steal`;
  const me: Holder = { ...self(), token: randomUUID() };
  if (!(await createWhole(right, me))) {
    const other = await readHolder(right);
    if (other && !stillLives(other)) await rm(right, { force: true });
    return;
  }
  const current = await readHolder(path);
  if (current?.token === dead.token) await rm(path, { force: true });
  await rm(right, { force: true });
};

const readHolder = async (path: string): Promise<Holder | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const lockTimeout = (path: string, holder: Holder | undefined) =>
  toldError(
    'database.locked',
    {
      zh: `等待锁文件 ${path} 超时`,
      en: `timed out waiting for the lock file ${path}`,
    },
    {
      hint: {
        zh: `它由进程 ${holder?.pid ?? '?'} 持有；等它结束或停止它`,
        en: `it is held by process ${holder?.pid ?? '?'}; wait for it or stop it`,
      },
    },
  );
