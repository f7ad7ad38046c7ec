import { chmod, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeDatabaseError } from './error.ts';
import { canReach, canWrite, isOwnFolder, pickUser } from './runAs.ts';

/**
 * A folder of root's that every user can pass through, for what the database server must reach although the
 * clone sits behind a closed folder; the one that is asked for, or the first that works. /var/tmp comes last: some systems delete old files there.
 */
export const stageRoot = async (wanted?: string): Promise<string> => {
  const user = pickUser();
  const folders = wanted ? [resolve(wanted)] : ['/var/lib/bihuan', '/opt/bihuan', '/var/tmp/bihuan'];
  for (const folder of folders) {
    const parent = dirname(folder);
    if (!(await canReach(user, folder)) || !(await canWrite(parent))) continue;
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
