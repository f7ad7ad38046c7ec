import { publicKeys } from '../../audit/key.ts';
import { type StoredVerification, verifyStored } from '../../audit/verifyStored.ts';
import { partsOf } from '../../backup/inspect.ts';
import { checkBackup, restoreBackup } from '../../backup/restore.ts';
import { makePool, openDatabase } from '../../db/index.ts';
import { readSettings, type Settings } from '../../settings/index.ts';
import { type Verification, verify } from '../../verify/verify.ts';
import type { CommandModule } from '../command.ts';
import type { Output } from '../output.ts';

const restore: CommandModule = {
  usage: 'restore <file>',
  text: {
    zh: '把备份恢复到空的数据库与数据目录，并核对；备份有误则不作任何改动',
    en: 'restore a backup into an empty database and data folder, and verify it; a wrong backup changes nothing',
  },
  configure: (command) =>
    command
      .option(
        '--sha256 <hex>',
        '备份时给出的 SHA-256，不同则拒绝 / the SHA-256 that backup printed; another is refused',
      )
      .addHelpText('after', '\n  BIHUAN_DATA=/srv/bihuan-restored bihuan restore backup.tar.gz --json'),
  run: async ({ args, options, output }) => {
    const settings = readSettings();
    for (const warning of settings.warnings) output.note(warning);
    const started = performance.now();
    const from = {
      file: String(args[0]),
      secret: settings.backupPassphrase,
      sha256: options.sha256 === undefined ? undefined : String(options.sha256),
    };
    output.note({ zh: '正在核对备份……', en: 'reading the backup …' });
    const checked = await checkBackup(from);
    const database = await openDatabase(settings, { notice: (zh, en) => output.note({ zh, en }) });
    try {
      const bar = output.progress({ zh: '恢复', en: 'restoring' }, partsOf(checked.manifest).length);
      const { applied } = await restoreBackup(from, checked, {
        url: database.ownerUrl,
        login:
          settings.ownerUrl && settings.databaseUrl
            ? decodeURIComponent(new URL(settings.databaseUrl).username)
            : undefined,
        data: settings.data,
        onProgress: (done) => bar.update(done),
      });
      bar.end();
      const { verification, audit } = await check(database.ownerUrl, settings);
      const { tables, jobs, files, missing } = checked.manifest;
      const result = {
        ok: verification.ok && audit.ok,
        createdAt: checked.header.createdAt,
        tables: tables.length,
        rows: tables.reduce((sum, { rows }) => sum + rows, 0),
        jobs: jobs.rows,
        files: files.length,
        missing,
        applied,
        verify: verification,
        audit,
        seconds: Math.round((performance.now() - started) / 100) / 10,
      };
      output.result(result, describe(result, output));
      if (!result.ok) process.exitCode = 1;
    } finally {
      await database.close();
    }
  },
};

const check = async (url: string, settings: Settings) => {
  const pool = makePool(url, { max: 2, name: 'restore', statementTimeoutMs: 0 });
  try {
    const keys = await publicKeys(settings);
    return { verification: await verify(pool), audit: await verifyStored(pool, { keys }) };
  } finally {
    await pool.end();
  }
};

interface Result {
  createdAt: string;
  tables: number;
  rows: number;
  jobs: number;
  files: number;
  applied: string[];
  verify: Verification;
  audit: StoredVerification;
  seconds: number;
}

const describe = (done: Result, { language }: Output): string[] => {
  const { createdAt, tables, rows, jobs, files, applied, verify: found, audit, seconds } = done;
  const zh = language === 'zh';
  return [
    zh
      ? `已恢复 ${createdAt} 的备份：${tables} 张表 ${rows} 行，${jobs} 个作业，${files} 个文件（${seconds} 秒）`
      : `restored the backup of ${createdAt}: ${tables} tables with ${rows} rows, ${jobs} jobs, ${files} files (${seconds} s)`,
    ...(applied.length > 0 ? [`${zh ? '随后升级：' : 'then applied: '}${applied.join(', ')}`] : []),
    found.ok
      ? zh
        ? `核对一致：${found.cases} 个流程，${found.events} 条事件`
        : `verified: ${found.cases} cases, ${found.events} events`
      : zh
        ? `核对有 ${found.mismatches.length} 处不符，用 bihuan verify 查看`
        : `${found.mismatches.length} mismatches; see bihuan verify`,
    audit.ok
      ? zh
        ? `审计一致：${audit.rows} 行`
        : `the audit holds: ${audit.rows} rows`
      : zh
        ? '审计有不符，用 bihuan audit verify 查看'
        : 'the audit does not hold; see bihuan audit verify',
    zh ? '所有人须重新登录' : 'everybody signs in again',
  ];
};

export default restore;
