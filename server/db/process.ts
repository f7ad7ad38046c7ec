import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that cannot be confused with a later one that got the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's own words; compared as text. */
  started: string;
}

/** The identity of a living process, or undefined when there is none with that pid. */
export const identify = (pid: number): ProcessIdentity | undefined => {
  if (!isAlive(pid)) return undefined;
  const started = startOf(pid);
  return started === undefined ? undefined : { pid, started };
};

/** Whether the very process that was identified still lives. */
export const stillLives = (identity: ProcessIdentity): boolean => identify(identity.pid)?.started === identity.started;

/** Whether any process has this pid (also one of another user). */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** This process. */
export const self = (): ProcessIdentity => {
  own ??= identify(process.pid) ?? { pid: process.pid, started: 'unknown' };
  return own;
};
let own: ProcessIdentity | undefined;

const startOf = (pid: number): string | undefined => {
  if (process.platform === 'linux') {
    const fields = statFields(pid);
    return fields && `${bootId()}:${fields[19]}`;
  }
  if (process.platform === 'win32') return 'unknown';
  return tryText(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim());
};

const isZombie = (pid: number): boolean => process.platform === 'linux' && statFields(pid)?.[0] === 'Z';

/** The fields of /proc/pid/stat from the state on; the name before them may hold spaces and brackets. */
const statFields = (pid: number): string[] | undefined => {
  const stat = tryText(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
};

const bootId = (): string => tryText(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';

const tryText = (read: () => string): string | undefined => {
  try {
    return read() || undefined;
  } catch {
    return undefined;
  }
};
