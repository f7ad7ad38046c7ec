import { record } from '../../audit/record.ts';
import { countKeys, forgive } from '../../auth/lockout.ts';
import { openDatabase } from '../../db/index.ts';
import { makePool } from '../../db/pool.ts';
import { makePrisma } from '../../db/prisma.ts';
import { overPrisma } from '../../db/sql.ts';
import { problem } from '../../http/problem.ts';
import { makeLink, pathOf } from '../../passwordLinks/link.ts';
import { removeFactor } from '../../secondFactor/write.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';

const account: CommandModule = {
  usage: 'account <username>',
  text: {
    zh: '在服务器上救回一个账号：解锁，并给出设置新密码的一次性链接',
    en: 'get an account back from the server itself: unlocks it and gives a one-time link for a new password',
  },
  configure: (command) =>
    command
      .option('--second-factor', '同时取消第二因子 / take the second factor away, too')
      .addHelpText('after', '\n  bihuan account anquan --second-factor'),
  run: async ({ args: [username = ''], options, output }) => {
    const settings = readSettings();
    const database = await openDatabase(settings, { migrate: true, notice: (zh, en) => output.note({ zh, en }) });
    const pool = makePool(database.url, { max: 1, name: 'account' });
    const now = new Date();
    try {
      const { token, expiresAt } = await makePrisma(pool).$transaction(async (db) => {
        const person = await db.person.findUnique({ where: { username } });
        if (!person?.active) throw problem('person.unknown');
        await forgive(db, [countKeys.person(person.id), countKeys.factor(person.id)], now);
        const secondFactor = options.secondFactor === true && (await removeFactor(db, person.id));
        const link = await makeLink(overPrisma(db), { personId: person.id, kind: 'reset' }, now, settings);
        const object = `people/${person.id}`;
        await record(overPrisma(db), { action: 'account.rescue', object, detail: { by: 'console', secondFactor } });
        return link;
      });
      const url = `${settings.url ?? `http://localhost:${settings.port}`}${pathOf('reset', token)}`;
      const until = expiresAt.toLocaleTimeString(output.language === 'zh' ? 'zh-CN' : 'en-GB');
      const words = output.language === 'zh' ? `只能用一次，${until} 前有效：` : `works once, until ${until}:`;
      output.result({ username, url, expiresAt: expiresAt.toISOString() }, [words, `  ${url}`]);
    } finally {
      await pool.end();
      await database.close();
    }
  },
};

export default account;
