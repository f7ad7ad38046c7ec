import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { NodeRole } from './child.ts';
import type { Control } from './controls.ts';

const PROGRAM = fileURLToPath(new URL('../../server/cli/bihuan.mjs', import.meta.url));

/** A process that is started again whenever it dies. */
export interface Node {
  /** kill -9; resolves when it is dead. It starts again by itself. */
  kill(): Promise<void>;
  /** kill -9 at a moment when `caught` says so of the stopped process; after 300 looks, at whatever moment it is then. */
  killWhen(caught: () => Promise<boolean>): Promise<void>;
  /** Resolves when it has said that it is ready. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface NodeOptions {
  role: NodeRole;
  env: Record<string, string>;
  control?: Control | undefined;
}

/** How often a node may die by itself before the run is given up. */
const DEATHS = 200;

/** Starts a node and keeps it running. */
export function startNode({ role, env, control }: NodeOptions): Node {
  let child: ChildProcess;
  let stopping = false;
  let deaths = 0;
  let up: Promise<void>;
  const start = () => {
    child = spawn(process.execPath, [PROGRAM, 'crash-node', role, ...(control ? [control] : [])], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const mine = child;
    up = new Promise((resolve) => mine.once('message', () => resolve()));
    mine.once('exit', () => {
      deaths += 1;
      if (!stopping && mine === child && deaths < DEATHS * 10) start();
    });
  };
  start();
  const dead = (which: ChildProcess) =>
    new Promise<void>((resolve) =>
      which.exitCode !== null || which.signalCode !== null ? resolve() : which.once('exit', () => resolve()),
    );
  const kill = async (victim: ChildProcess) => {
    victim.kill('SIGKILL');
    await dead(victim);
  };
  return {
    kill: () => kill(child),
    killWhen: async (caught) => {
      for (let look = 0; look < 300; look += 1) {
        child.kill('SIGSTOP');
        if (await caught().catch(() => false)) break;
        child.kill('SIGCONT');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await kill(child);
    },
    ready: () => up,
    stop: async () => {
      stopping = true;
      await kill(child);
    },
  };
}

/** A port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
