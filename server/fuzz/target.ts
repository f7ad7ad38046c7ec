import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SECRET } from './city.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A running server of the product, as it is started. */
export interface Target {
  url: string;
  /** Where it keeps files; in no answer. */
  data: string;
  alive(): boolean;
  /** What its log says about a request that failed. */
  logOf(requestId: string): string | undefined;
  stop(): Promise<void>;
}

/** Starts the product on a database. Its mail server and its addresses are traps. */
export async function startTarget(databaseUrl: string): Promise<Target> {
  const data = await mkdtemp(join(tmpdir(), 'bihuan-fuzz-'));
  const child = spawn(
    process.execPath,
    [join(root, 'server/cli/bihuan.mjs'), 'serve', '--no-worker', '--no-console', '--json'],
    {
      cwd: root,
      env: {
        ...process.env,
        BIHUAN_DATA: data,
        DATABASE_URL: databaseUrl,
        PORT: '0',
        LOG_LEVEL: 'error',
        SMTP_URL: `smtp://mail:${SECRET}@127.0.0.1:9`,
        // Administrators come as if they had shown their second factor.
        BIHUAN_SECOND_FACTOR: 'false',
        // Each request comes from another address, so that limits by address do not end everything.
        BIHUAN_TRUST_PROXY: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'close');
  const failures = watchLog(child);
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const { url } = JSON.parse(first.value ?? '{}') as { url?: string };
  if (!url) throw new Error(`serve did not start: ${first.value ?? [...failures.values()].at(-1)}`);
  return {
    url,
    data,
    alive: () => child.exitCode === null && child.signalCode === null,
    logOf: (requestId) => failures.get(requestId),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

const KEPT = 500;

/** The last failures of its log, by request. */
const watchLog = (child: ChildProcess): Map<string, string> => {
  const failures = new Map<string, string>();
  if (!child.stderr) return failures;
  createInterface({ input: child.stderr }).on('line', (line) => {
    const id = /"requestId":"([^"]+)"/.exec(line)?.[1] ?? '';
    failures.set(id, line.slice(0, 4000));
    const [oldest] = failures.keys();
    if (failures.size > KEPT && oldest !== undefined) failures.delete(oldest);
  });
  return failures;
};
