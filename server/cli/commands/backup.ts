import { checkpointFile } from '../../audit/keep.ts';
import { type Backup, makeBackup } from '../../backup/backup.ts';
import { openDatabase } from '../../db/index.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';
import type { Output } from '../output.ts';
import { inUnits } from '../units.ts';

const backup: CommandModule = {
  usage: 'backup',
  text: {
    zh: '备份数据库与上传的材料到一个文件，写完即核对；系统可照常运行',
    en: 'back up the database and the uploaded files into one file, compared once written; the system may run meanwhile',
  },
  configure: (command) =>
    command
      .requiredOption('--to <path>', '文件（不覆盖已有的）或文件夹 / a new file, or a folder')
      .option('--with-keys', '连同密钥（须设置加密口令）/ with the keys; the backup must be encrypted')
      .addHelpText(
        'after',
        '\n  bihuan backup --to /srv/backups/\n  BIHUAN_BACKUP_PASSPHRASE_FILE=/etc/bihuan/backup.key bihuan backup --to /srv/backups/ --with-keys --json',
      ),
  run: async ({ options, output }) => {
    const settings = readSettings();
    for (const warning of settings.warnings) output.note(warning);
    const started = performance.now();
    const database = await openDatabase(settings, { notice: (zh, en) => output.note({ zh, en }) });
    try {
      const bar = output.progress({ zh: '备份', en: 'backing up' }, 1000);
      const result = await makeBackup({
        url: database.ownerUrl,
        data: settings.data,
        checkpoints: checkpointFile(settings),
        to: String(options.to),
        secret: settings.backupPassphrase,
        withKeys: options.withKeys === true,
        now: new Date(),
        onProgress: (share, what) => bar.update(Math.round(share * 1000), what),
      });
      bar.end();
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      output.result({ ok: result.missing.length === 0, ...result, seconds }, describe(result, seconds, output));
      if (result.missing.length > 0) process.exitCode = 1;
    } finally {
      await database.close();
    }
  },
};

const describe = (made: Backup, seconds: number, { language }: Output): string[] => {
  const { file, bytes, sha256, encrypted, tables, rows, jobs, files, keys, missing } = made;
  const zh = language === 'zh';
  return [
    file,
    zh
      ? `${tables} 张表 ${rows} 行，${jobs} 个作业，${files} 份材料；${inUnits(bytes)}，${encrypted ? '已加密' : '未加密'}，已核对（${seconds} 秒）`
      : `${tables} tables with ${rows} rows, ${jobs} jobs, ${files} files; ${inUnits(bytes)}, ${encrypted ? 'encrypted' : 'in clear'}, compared (${seconds} s)`,
    `SHA-256 ${sha256}`,
    ...(keys.length > 0
      ? []
      : [
          zh
            ? '不含密钥：动态口令等密文只有用数据目录中的密钥（或 BIHUAN_SECRET_KEY）才能解开，请另行保存'
            : 'without keys: what is sealed (second factors, tokens) opens with the keys of the data folder (or BIHUAN_SECRET_KEY) only; keep them elsewhere',
        ]),
    ...(missing.length > 0
      ? [
          zh
            ? `有 ${missing.length} 份材料在数据目录中缺失或已损坏，未能备份：`
            : `${missing.length} uploaded files are missing or damaged in the data folder, and not in the backup:`,
          ...missing.slice(0, 20).map((sha) => `  ${sha}`),
        ]
      : []),
  ];
};

export default backup;
