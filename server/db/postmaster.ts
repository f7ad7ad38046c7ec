import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity, stillLives } from './process.ts';

/** A PostgreSQL server process that runs on a data directory. */
export interface Postmaster {
  pid: number;
  port: number;
  /** It accepts connections, so the port is really its own (it is written down before it is bound). */
  ready: boolean;
}

/**
 * The server that runs on this data directory, by its postmaster.pid.
 * A left-over file whose pid is dead or belongs to another program counts as none.
 */
export const findPostmaster = (pgdata: string): Postmaster | undefined => {
  const lines = readPidFile(pgdata);
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || !isPostmasterOf(pid, pgdata)) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
};

/** Whether postmaster.pid names a living process that is something else; PostgreSQL would refuse to start then. */
export const hasForeignPidFile = (pgdata: string): boolean => {
  const pid = Number(readPidFile(pgdata)?.[0]);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && !isPostmasterOf(pid, pgdata);
};

/** Stops a server: fast (disconnects everybody, writes a checkpoint), and at once if that takes too long. */
export const stopPostmaster = async (pgdata: string, { timeoutMs = 30_000 } = {}): Promise<void> => {
  const found = findPostmaster(pgdata);
  const identity = found && identify(found.pid);
  if (!identity) return;
  signal(identity, 'SIGINT', pgdata);
  if (await isGone(identity, timeoutMs)) return;
  signal(identity, 'SIGQUIT', pgdata);
  await isGone(identity, 10_000);
};

/** Asks for a fast stop and does not wait; for the last moment of a process. */
export const signalStop = (pgdata: string): void => {
  const found = findPostmaster(pgdata);
  const identity = found && identify(found.pid);
  if (identity) signal(identity, 'SIGINT', pgdata);
};

/** Resolves to true once the process has ended, to false when the time is up. */
export const isGone = async (identity: ProcessIdentity, timeoutMs: number): Promise<boolean> => {
  const deadline = performance.now() + timeoutMs;
  while (stillLives(identity)) {
    if (performance.now() > deadline) return false;
    await pause(10);
  }
  return true;
};

const signal = (identity: ProcessIdentity, name: 'SIGINT' | 'SIGQUIT', pgdata: string): void => {
  if (process.platform === 'win32') {
    stopOnWindows(pgdata, name === 'SIGINT' ? 'fast' : 'immediate');
    return;
  }
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Windows has no signals: the server listens for them on a pipe that pg_ctl knows. */
const stopOnWindows = (pgdata: string, mode: string): void => {
  const options = readFileSync(join(pgdata, 'postmaster.opts'), 'utf8');
  const program = options.match(/^"?(.*?)postgres(?:\.exe)?"?\s/i)?.[1] ?? '';
  execFileSync(join(program, 'pg_ctl.exe'), ['stop', '-D', pgdata, '-m', mode, '-W'], { stdio: 'ignore' });
};

const readPidFile = (pgdata: string): string[] | undefined => {
  try {
    return readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
};

const isPostmasterOf = (pid: number, pgdata: string): boolean => {
  if (pid <= 0 || !isAlive(pid)) return false;
  const command = commandOf(pid);
  if (command === undefined) return false;
  const program = basename(command[0] ?? '').replace(/\.exe$/i, '');
  if (program !== 'postgres' && program !== 'postmaster') return false;
  const folder = workingFolder(pid);
  return folder === undefined ? command.join(' ').includes(pgdata) : folder === realFolder(pgdata);
};

const commandOf = (pid: number): string[] | undefined => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    if (process.platform !== 'win32') return ps(pid).split(' ');
    const query = `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`;
    const line = execFileSync('powershell', ['-NoProfile', '-Command', query], { encoding: 'utf8' }).trim();
    return [line.match(/^"([^"]+)"|^\S+/)?.[1] ?? line.split(' ')[0] ?? '', line];
  } catch {
    return undefined;
  }
};

const ps = (pid: number): string =>
  execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });

/** A server works inside its data directory; only root and its own user may see that. */
const workingFolder = (pid: number): string | undefined => {
  if (process.platform !== 'linux') return undefined;
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
};

const realFolder = (folder: string): string => {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
};
