import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { record } from '../../audit/record.ts';
import { makePool, openDatabase } from '../../db/index.ts';
import { makePrisma, type Prisma } from '../../db/prisma.ts';
import { overPrisma } from '../../db/sql.ts';
import { problem } from '../../http/problem.ts';
import { erasePerson } from '../../privacy/erase.ts';
import { readHoldings } from '../../privacy/read.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';
import type { Output } from '../output.ts';

const person: CommandModule = {
  usage: 'person',
  text: { zh: '个人数据：导出与注销', en: 'personal data: export, and taking a person out' },
  commands: [
    {
      usage: 'export <username>',
      text: { zh: '导出系统保存的某人的全部数据', en: 'everything that is held about a person' },
      configure: (command) =>
        command
          .option('--to <file>', '写入文件（不覆盖已有的）/ into a file that is not there yet')
          .addHelpText('after', '\n  bihuan person export wang.fang --to wang.fang.json'),
      run: ({ args: [username = ''], options, output }) =>
        withPerson(username, output, async (prisma, id) => {
          const sql = overPrisma(prisma);
          const holdings = await readHoldings(sql, id, { most: 1_000_000 });
          await record(sql, { action: 'people.data', object: `people/${id}` });
          const to = options.to === undefined ? undefined : resolve(String(options.to));
          if (to === undefined) return output.result(holdings);
          await writeFile(to, `${JSON.stringify(holdings, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
          const rows = holdings.tables.reduce((sum, table) => sum + table.rows.length, 0);
          output.result({ to, rows }, to);
        }),
    },
    {
      usage: 'erase <username>',
      text: {
        zh: '注销某人：抹去姓名等个人信息，办理记录保留。不可撤销',
        en: 'take a person out: name and address go, the record of the work stays. There is no way back',
      },
      configure: (command) =>
        command
          .requiredOption('--reason <text>', '理由，记入审计 / why, for the audit')
          .addHelpText('after', '\n  bihuan person erase wang.fang --reason 调离'),
      run: ({ args: [username = ''], options, output }) =>
        withPerson(username, output, async (prisma, id) => {
          const reason = String(options.reason).slice(0, 500);
          const pseudonym = await prisma.$transaction(async (db) => {
            const made = await erasePerson(db, id, new Date());
            await db.$executeRaw`SELECT pg_notify('bihuan_directory', '')`;
            await record(overPrisma(db), { action: 'people.erase', object: `people/${id}`, detail: { reason } });
            return made;
          });
          output.result({ id, ...pseudonym }, `${pseudonym.name} (${pseudonym.username})`);
        }),
    },
  ],
};

const withPerson = async (
  username: string,
  output: Output,
  work: (prisma: Prisma, id: string) => Promise<void>,
): Promise<void> => {
  const database = await openDatabase(readSettings(), { migrate: true, notice: (zh, en) => output.note({ zh, en }) });
  const pool = makePool(database.url, { max: 2, name: 'person' });
  try {
    const prisma = makePrisma(pool);
    const found = await prisma.person.findUnique({ where: { username }, select: { id: true } });
    if (!found) throw problem('person.unknown');
    await work(prisma, found.id);
  } finally {
    await pool.end();
    await database.close();
  }
};

export default person;
