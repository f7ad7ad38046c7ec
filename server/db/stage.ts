import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDatabaseError } from './error.ts';
import { canReach, canWrite, isOwnFolder, pickUser } from './runAs.ts';

/**
 * A folder of root's that every user can pass through, for what the database server must reach although the
 * clone sits behind a closed folder. /var/tmp comes last: some systems delete old files there.
 */
export const stageRoot = async (): Promise<string> => {
  const user = pickUser();
  for (const parent of ['/var/lib', '/opt', '/var/tmp']) {
    if (!(await canReach(user, join(parent, 'x'))) || !(await canWrite(parent))) continue;
    const folder = join(parent, 'bihuan');
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await chmod(folder, 0o755).catch(() => undefined);
    if (await isOwnFolder(folder)) return folder;
  }
  throw makeDatabaseError(
    'database.noStage',
    {
      zh: '数据库用户无法进入本目录，且没有可用的公共目录',
      en: 'the database user cannot enter this folder, and there is no shared folder to use instead',
    },
    {
      hint: {
        zh: '请用普通用户运行，或设置 DATABASE_URL，或允许创建 /var/lib/bihuan',
        en: 'run as an ordinary user, or set DATABASE_URL, or allow /var/lib/bihuan to be created',
      },
    },
  );
};
