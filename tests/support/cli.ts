import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `bihuan` as a user would, in English. */
export const runCli = (
  args: string[],
  { env = {}, root = projectRoot, uid }: { env?: Record<string, string>; root?: string; uid?: number } = {},
): Promise<CliResult> =>
  new Promise((resolve) => {
    const program = join(root, 'server', 'cli', 'bihuan.mjs');
    const options = {
      cwd: root,
      env: { ...process.env, BIHUAN_LANG: 'en', ...env },
      maxBuffer: 64 * 1024 * 1024,
      ...as(uid),
    };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });

const as = (uid: number | undefined) => (uid === undefined ? {} : { uid, gid: uid });
