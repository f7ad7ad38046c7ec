import { openDatabase } from '../../db/index.ts';
import { makePool } from '../../db/pool.ts';
import { makePrisma } from '../../db/prisma.ts';
import { readSettings } from '../../settings/index.ts';
import { issueSetupCode } from '../../setup/code.ts';
import { describeSetup } from '../../setup/describe.ts';
import type { CommandModule } from '../command.ts';

const setup: CommandModule = {
  usage: 'setup',
  text: {
    zh: '在还没有任何账号时，另给一个启动口令，用于建立三名管理员',
    en: 'give another first-run code, while nobody has an account, to make the three administrators with',
  },
  run: async ({ output }) => {
    const settings = readSettings();
    const database = await openDatabase(settings, { migrate: true, notice: (zh, en) => output.note({ zh, en }) });
    const pool = makePool(database.url, { max: 1, name: 'setup' });
    try {
      const code = await issueSetupCode(makePrisma(pool), new Date());
      const url = settings.url ?? `http://localhost:${settings.port}`;
      const none =
        output.language === 'zh' ? ['已有账号，无需启动口令'] : ['there are accounts already, no code is needed'];
      output.result({ setup: code ?? null }, code ? describeSetup(url, code, output.language) : none);
    } finally {
      await pool.end();
      await database.close();
    }
  },
};

export default setup;
