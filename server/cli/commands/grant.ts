import { openDatabase } from '../../db/index.ts';
import { makePool } from '../../db/pool.ts';
import { makePrisma } from '../../db/prisma.ts';
import { appoint } from '../../roles/appoint.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';

const grant: CommandModule = {
  usage: 'grant <username> <role>',
  text: {
    zh: '任命系统、安全或审计管理员：只在没有人担任时可用，之后由安全管理员授权',
    en: 'appoint a system, security or audit administrator, where nobody is one; afterwards the security administrator grants',
  },
  configure: (command) => command.addHelpText('after', '\n  bihuan grant wang.fang securityAdministrator'),
  run: async ({ args: [username = '', role = ''], output }) => {
    const database = await openDatabase(readSettings(), { migrate: true, notice: (zh, en) => output.note({ zh, en }) });
    const pool = makePool(database.url, { max: 1, name: 'grant' });
    try {
      const { name } = await appoint(makePrisma(pool), username, role);
      const zh = output.language === 'zh';
      output.result({ username, role }, zh ? `${name} 现为 ${role}` : `${name} is now ${role}`);
    } finally {
      await pool.end();
      await database.close();
    }
  },
};

export default grant;
