import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A Node process of the code under test that says things line by line. */
export interface TestChild {
  process: ChildProcess;
  /** The next line it prints; fails when it ends first. */
  line(): Promise<string>;
  /** Writes a line to it. */
  say(text: string): void;
  /** Kills it and waits until it is dead. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Waits until it ends by itself. */
  ended(): Promise<{ code: number | null; stderr: string }>;
}

/** Runs a TypeScript module given as text (it may import by absolute path from `root`); killed after the test. */
export const runChild = (code: string, { env = {} }: { env?: Record<string, string> } = {}): TestChild => {
  const child = spawn(process.execPath, ['--import', 'tsx/esm', '--input-type=module', '-e', code], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let rest = '';
  let stderr = '';
  let wake: () => void = () => undefined;
  child.stdout.on('data', (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const closed = once(child, 'close');
  closed.then(() => wake());
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    process: child,
    line: async () => {
      while (lines.length === 0) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the child ended: ${stderr}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return lines.shift() ?? '';
    },
    say: (text) => void child.stdin.write(`${text}\n`),
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await closed;
    },
    ended: async () => {
      await closed;
      return { code: child.exitCode, stderr };
    },
  };
};
