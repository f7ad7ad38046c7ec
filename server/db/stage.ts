import { chmod, mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { toldError } from '../toldError.ts';
import { canReach, isOwnFolder, pickUser } from './runAs.ts';

/**
 * A folder for what the database server must reach although the clone is closed to it: the one that is asked
 * for, or the first that works. Root's are open to every user; /var/tmp comes last, as some systems clear it.
 */
export const stageRoot = async (wanted?: string): Promise<string> => {
  const user = pickUser();
  for (const folder of wanted ? [resolve(wanted)] : candidates()) {
    const made = await mkdir(folder, { recursive: true, mode: 0o755 }).catch(() => false);
    if (made === false || !(await isOwnFolder(folder)) || !(await canReach(user, folder))) continue;
    await chmod(folder, 0o755);
    return folder;
  }
  throw toldError(
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

const candidates = (): string[] =>
  process.getuid?.() === 0
    ? ['/var/lib/bihuan', '/opt/bihuan', '/var/tmp/bihuan']
    : [join(homedir(), '.cache', 'bihuan'), join(tmpdir(), `bihuan-${process.getuid?.() ?? 'cache'}`)];
