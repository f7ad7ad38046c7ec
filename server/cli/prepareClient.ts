import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withFileLock } from '../db/lock.ts';
import { toldError } from '../toldError.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const stamp = join(root, 'prisma', 'client', '.made-from');

/**
 * Makes sure that the generated Prisma client fits schema.prisma; install scripts never run, so this does.
 * Reads two small files when there is nothing to do. Returns whether it generated.
 */
export const prepareClient = async (): Promise<boolean> => {
  const wanted = await fingerprint();
  if ((await madeFrom()) === wanted) return false;
  return withFileLock(join(root, 'prisma', '.client.lock'), async () => {
    if ((await madeFrom()) === wanted) return false;
    await rm(stamp, { force: true });
    await generate();
    await writeFile(stamp, wanted);
    return true;
  });
};

const fingerprint = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(prismaPackage(), 'utf8')) as { version: string };
  const schema = await readFile(join(root, 'prisma', 'schema.prisma'));
  return createHash('sha256').update(`${version}\0`).update(schema).digest('hex');
};

const madeFrom = (): Promise<string | undefined> => readFile(stamp, 'utf8').catch(() => undefined);

const prismaPackage = (): string => createRequire(import.meta.url).resolve('prisma/package.json');

const generate = (): Promise<void> => {
  const env = {
    ...process.env,
    // Generating needs no engine, but Prisma would download one unless it is told of a file.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const program = join(dirname(prismaPackage()), 'build', 'index.js');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, 'generate'], { cwd: root, env }, (error, stdout, stderr) => {
      if (error) reject(generateFailed(`${stdout}\n${stderr}`.trim()));
      else resolve();
    });
  });
};

const generateFailed = (detail: string): Error =>
  toldError(
    'prepare.failed',
    { zh: '无法生成 Prisma 客户端', en: 'the Prisma client could not be generated' },
    { detail },
  );
