import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const made = join(root, 'build');
const KEEP_MS = 24 * 60 * 60 * 1000;

/**
 * Compiles an entry point and what it imports (packages stay outside), unless that has been done for just these sources.
 * Plain JavaScript starts and runs faster than TypeScript that is translated file by file while it is loaded.
 * What is compiled lies as deep below the root as its sources, so that paths relative to a module's address hold.
 * @param {string} entry the entry's path below the root
 * @param {string[]} sources the folders that it may import from
 * @returns {Promise<string>} the address to import
 */
export async function compile(entry, sources) {
  const hash = createHash('sha256').update(entry);
  for (const folder of sources) for (const line of linesOf(folder)) hash.update(line);
  const folder = join(made, hash.digest('hex').slice(0, 16));
  const main = join(folder, 'main.js');
  if (!(await exists(main))) {
    const draft = join(made, `draft-${randomUUID()}`);
    const { build } = await import('esbuild');
    await build({
      entryPoints: { main: join(root, entry) },
      outdir: draft,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      packages: 'external',
      sourcemap: 'linked',
      sourcesContent: false,
      absWorkingDir: root,
      logLevel: 'error',
    });
    await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true })); // another process was first
    await prune(folder);
  }
  return pathToFileURL(main).href;
}

/** Names, sizes and times of all TypeScript files in a folder. */
function linesOf(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(root, folder, name));
      return `${folder}/${name}\0${size}\0${mtimeMs}\n`;
    });
}

const exists = (file) =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Running processes may still load parts of what they started from, so only what is old goes. */
async function prune(current) {
  for (const name of await readdir(made)) {
    const folder = join(made, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (folder !== current && Date.now() - mtimeMs > KEEP_MS) await rm(folder, { recursive: true, force: true });
  }
}
