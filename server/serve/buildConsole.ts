import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip, constants as zlib } from 'node:zlib';
import { withFileLock } from '../db/lock.ts';
import { toldError } from '../toldError.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const admin = join(root, 'admin');
const STAMP = '.built-from';

/** What the console is made from. A change in any of it makes a built console stale. */
const SOURCES = [
  'admin/src',
  'admin/public',
  'admin/index.html',
  'admin/vite.config.ts',
  'workflows',
  'package-lock.json',
];

export interface BuiltConsole {
  folder: string;
  /** False when what was there still fits its sources. */
  built: boolean;
}

/**
 * Makes sure that a console built from the present sources is there, in `admin/dist`, or in the data folder when the clone
 * is not ours to write. Reads the sources (some 100 small files) when there is nothing to do.
 */
export const buildConsole = async (data: string, onBuild: () => void = () => undefined): Promise<BuiltConsole> => {
  const wanted = await fingerprint();
  const home = (await mayWrite(admin)) ? admin : join(data, 'console');
  const folder = join(home, 'dist');
  if ((await builtFrom(folder)) === wanted) return { folder, built: false };
  await mkdir(home, { recursive: true });
  return withFileLock(join(home, '.build.lock'), async () => {
    if ((await builtFrom(folder)) === wanted) return { folder, built: false };
    onBuild();
    const fresh = join(home, `.dist-${process.pid}`);
    try {
      await bundle(fresh);
      await compress(join(fresh, 'assets'));
      await writeFile(join(fresh, STAMP), wanted);
      await rm(folder, { recursive: true, force: true });
      await rename(fresh, folder);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
    return { folder, built: true };
  });
};

const builtFrom = (folder: string): Promise<string | undefined> =>
  readFile(join(folder, STAMP), 'utf8').catch(() => undefined);

const mayWrite = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );

const fingerprint = async (): Promise<string> => {
  const hash = createHash('sha256');
  const files = (await Promise.all(SOURCES.map((path) => filesIn(join(root, path))))).flat().sort();
  for (const file of files)
    hash
      .update(`${relative(root, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
};

const filesIn = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** In a process of its own: it shares nothing with the server that is starting meanwhile. */
const bundle = (folder: string): Promise<void> => {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const args = [vite, 'build', admin, '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  const env = { ...process.env, NODE_ENV: 'production' };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, env, maxBuffer: 10 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(buildFailed(`${stdout}\n${stderr}`.trim()));
      else resolve();
    });
  });
};

const buildFailed = (detail: string): Error =>
  toldError('console.build', { zh: '控制台构建失败', en: 'the console could not be built' }, { detail });

/** Keeps a compressed copy beside each text asset, so that serving costs nothing. */
const compress = async (folder: string): Promise<void> => {
  const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const packed = await promisify(gzip)(await readFile(join(folder, name)), { level: zlib.Z_BEST_COMPRESSION });
      await writeFile(join(folder, `${name}.gz`), packed);
    }),
  );
};
