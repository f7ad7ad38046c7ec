import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { problem } from '../http/problem.ts';
import type { Settings } from '../settings/index.ts';
import { openScratch, type Scratch } from '../simulate/scratch.ts';
import type { TrialJob, TrialLine } from './job.ts';

const PROGRAM = fileURLToPath(new URL('../../server/cli/bihuan.mjs', import.meta.url));

/** So many at a time in one process: a trial keeps a processor busy. */
const AT_ONCE = 1;

/** Longer trials are for the command line. */
export const LIMIT_SECONDS = 300;
const HEAP_MB = 1024;

let running = 0;

/**
 * Tries a template out: in a process of its own, on a database of its own that is removed afterwards whatever happens, so that nothing
 * of it lasts and the server goes on answering. Ends early by `signal`.
 *
 * @throws `trial.busy`, `trial.database`, `trial.failed`, `trial.tooLong`, or the signal's reason
 */
export async function runTrial(
  settings: Pick<Settings, 'databaseUrl' | 'data'>,
  job: Omit<TrialJob, 'url'>,
  { signal, onShare }: { signal: AbortSignal; onShare: (share: number) => void },
): Promise<object> {
  if (running >= AT_ONCE) throw problem('trial.busy');
  running += 1;
  let scratch: Scratch | undefined;
  try {
    scratch = await openScratch(settings, {
      name: `bihuan_trial_${randomUUID().replaceAll('-', '')}`,
      keep: false,
    }).catch((cause) => {
      throw problem('trial.database', { cause });
    });
    return await inProcess({ ...job, url: scratch.url }, { signal, onShare });
  } finally {
    await scratch?.close();
    running -= 1;
  }
}

async function inProcess(
  job: TrialJob,
  { signal, onShare }: { signal: AbortSignal; onShare: (share: number) => void },
): Promise<object> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, PROGRAM, 'trial'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  signal.addEventListener('abort', kill, { once: true });
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    kill();
  }, LIMIT_SECONDS * 1000);
  try {
    child.stdin?.on('error', () => undefined).end(JSON.stringify(job));
    const result = await listen(child, onShare);
    if (result) return result;
    signal.throwIfAborted();
    throw late ? problem('trial.tooLong', { limit: LIMIT_SECONDS }) : problem('trial.failed', { reason: 'stopped' });
  } finally {
    clearTimeout(limit);
    process.off('exit', kill);
    signal.removeEventListener('abort', kill);
    kill();
  }
}

/** Its result; nothing where it ended without one. */
async function listen(child: ChildProcess, onShare: (share: number) => void): Promise<object | undefined> {
  let result: object | undefined;
  if (!child.stdout) return undefined;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as TrialLine;
    if ('share' in line) onShare(line.share);
    else if ('result' in line) result = line.result;
    else throw problem('trial.failed', { reason: line.failed.slice(0, 500) });
  }
  return result;
}
