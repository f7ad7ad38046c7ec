import { databaseUrl, makePool, openDatabase } from '../../db/index.ts';
import { readSettings } from '../../settings/index.ts';
import { type Verification, verify } from '../../verify/verify.ts';
import type { CommandModule } from '../command.ts';
import type { Output } from '../output.ts';

const verifyCommand: CommandModule = {
  usage: 'verify',
  text: {
    zh: '用事件记录重建每个流程并与数据库核对；有不符即失败。可在系统运行时执行',
    en: 'rebuild every case from its record and compare it with the database; fails on any mismatch. The system may run meanwhile',
  },
  configure: (command) =>
    command
      .option('--database <name>', '核对同一服务器上的另一个数据库 / another database of the same server')
      .addHelpText('after', '\n  bihuan verify --json\n  bihuan verify --database restored'),
  run: async ({ options, output }) => {
    const settings = readSettings();
    const database = await openDatabase(settings, { notice: (zh, en) => output.note({ zh, en }) });
    const url =
      typeof options.database === 'string' ? databaseUrl(database.ownerUrl, options.database) : database.ownerUrl;
    const pool = makePool(url, { max: 2, name: 'verify', statementTimeoutMs: 0 });
    try {
      const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM cases');
      const bar = output.progress({ zh: '核对', en: 'verifying' }, rows[0]?.n ?? 0);
      const result = await verify(pool, { onProgress: (cases) => bar.update(cases) });
      bar.end();
      output.result(result, describe(result, output));
      if (!result.ok) process.exitCode = 1;
    } finally {
      await pool.end();
      await database.close();
    }
  },
};

const SHOWN = 50;

const describe = ({ ok, cases, events, mismatches }: Verification, { language }: Output): string[] => {
  const zh = language === 'zh';
  const found = mismatches.slice(0, SHOWN).map(({ caseId, what, detail }) => `  ${caseId}  ${what}  ${detail}`);
  const looked = zh ? `${cases} 个流程，${events} 条事件` : `${cases} cases, ${events} events`;
  if (ok) return [zh ? `一致：${looked}` : `all agree: ${looked}`];
  return [
    zh ? `有 ${mismatches.length} 处不符（${looked}）：` : `${mismatches.length} mismatches (${looked}):`,
    ...found,
  ];
};

export default verifyCommand;
