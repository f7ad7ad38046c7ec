import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ArchiveVerification, archive, KEPT_DAYS, verifyArchive } from '../../audit/archive.ts';
import { csvHead, csvLine, jsonLine } from '../../audit/export.ts';
import { fileCheckpoints, fileRows } from '../../audit/file.ts';
import { publicKeys, signingKey } from '../../audit/key.ts';
import { withOrigin } from '../../audit/origin.ts';
import { filteredRows, namesIn } from '../../audit/read.ts';
import { type AuditVerification, verifyChain } from '../../audit/verify.ts';
import { type StoredVerification, verifyStored } from '../../audit/verifyStored.ts';
import { databaseUrl, makePool, openDatabase } from '../../db/index.ts';
import { readSettings, type Settings } from '../../settings/index.ts';
import { toldError } from '../../toldError.ts';
import type { CommandModule } from '../command.ts';
import type { Output } from '../output.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const verify: CommandModule = {
  usage: 'verify',
  text: {
    zh: '校验审计链：指出被改、被删、插入、调换的记录，被截掉的结尾，以及对不上的流程事件',
    en: 'verify the audit: names each row that was changed, removed, put in or moved, a cut end, and events of cases that do not fit',
  },
  configure: (command) =>
    command
      .option('--file <dump>', '校验导出的 JSON 行文件，不连数据库 / an export (JSON lines) instead of the database')
      .option('--checkpoints <file>', '数据库之外保存的检查点 / checkpoints that were kept outside the database')
      .option(
        '--key <file>',
        '公钥（可有多把）；缺省用本实例的 / the public key, or several; those of this instance by default',
      )
      .option('--archive <files...>', '先校验这些归档（按先后）/ these archives first, the oldest first')
      .option('--database <name>', '同一服务器上的另一个数据库 / another database of the same server')
      .addHelpText(
        'after',
        '\n  bihuan audit verify --json\n  bihuan audit verify --file audit.jsonl --checkpoints checkpoints.jsonl --key audit.key.pub',
      ),
  run: async ({ options, output }) => {
    const settings = readSettings();
    const keys = await publicKeys(settings, text(options.key));
    const file = text(options.checkpoints);
    const outside = file === undefined ? undefined : await fileCheckpoints(file);
    const archives: ArchiveVerification[] = [];
    for (const path of (options.archive as string[] | undefined) ?? [])
      archives.push(await verifyArchive(path, { keys, after: archives.at(-1)?.to }));
    const archived = archives.at(-1)?.to;
    const dump = text(options.file);
    const found =
      dump !== undefined
        ? await verifyChain({ rows: fileRows(dump), starts: archived ?? [], checkpoints: outside ?? [], keys })
        : await onDatabase(settings, output, text(options.database), ({ pool }) =>
            verifyStored(pool, { keys, outside, archived }),
          );
    const broken = [...archives.flatMap((one) => one.broken), ...found.broken];
    const result = {
      ...found,
      ok: broken.length === 0,
      rows: found.rows + archives.reduce((sum, one) => sum + one.rows, 0),
      broken,
    };
    output.result(result, describe(result, output));
    if (!result.ok) process.exitCode = 1;
  },
};

const SHOWN = 50;

const describe = (
  { ok, rows, broken, more, anchor, unanchored, ...rest }: AuditVerification & Partial<StoredVerification>,
  { language }: Output,
): string[] => {
  const zh = language === 'zh';
  const looked = zh
    ? `${rows} 条记录${rest.events === undefined ? '' : `，${rest.events} 个流程事件`}`
    : `${rows} rows${rest.events === undefined ? '' : `, ${rest.events} events of cases`}`;
  const place = ({ stripe, seq }: AuditVerification['broken'][number]) => (stripe === null ? '' : `${stripe}-${seq}`);
  const lines = broken.slice(0, SHOWN).map((one) => `  ${place(one).padEnd(12)} ${one.what.padEnd(10)} ${one.detail}`);
  const head = ok
    ? zh
      ? `完好：${looked}`
      : `whole: ${looked}`
    : zh
      ? `有 ${broken.length + more} 处不符（${looked}）：`
      : `${broken.length + more} do not fit (${looked}):`;
  const since = anchor
    ? zh
      ? `最近的检查点：第 ${anchor.n} 号，${anchor.at}；其后 ${unanchored} 条若连同哈希一并改写，无法发现`
      : `last checkpoint: ${anchor.n} of ${anchor.at}; a rewrite of the ${unanchored} rows after it, hashes and all, could not be found`
    : zh
      ? `没有可校验的检查点：全部记录若连同哈希一并改写，无法发现`
      : `no checkpoint could be verified: a rewrite of everything, hashes and all, could not be found`;
  return [head, ...lines, since];
};

interface Opened {
  pool: ReturnType<typeof makePool>;
}

/** As the owner, who alone may archive; reads are as good. */
const onDatabase = async <Result>(
  settings: Settings,
  output: Output,
  name: string | undefined,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> => {
  const database = await openDatabase(settings, { notice: (zh, en) => output.note({ zh, en }) });
  const url = name === undefined ? database.ownerUrl : databaseUrl(database.ownerUrl, name);
  const pool = makePool(url, { max: 2, name: 'audit', statementTimeoutMs: 0 });
  try {
    return await work({ pool });
  } finally {
    await pool.end();
    await database.close();
  }
};

const exportCommand: CommandModule = {
  usage: 'export <file>',
  text: {
    zh: '把审计日志写入文件：.jsonl 可再校验，.csv 供表格软件查看',
    en: 'write the audit into a file: .jsonl can be verified again, .csv is for spreadsheets',
  },
  configure: (command) =>
    command
      .option('--from <instant>', '从此刻起 / from this instant')
      .option('--to <instant>', '到此刻前 / before this instant')
      .addHelpText(
        'after',
        '\n  bihuan audit export audit.jsonl\n  bihuan audit export march.csv --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z',
      ),
  run: async ({ args, options, output }) => {
    const path = args[0] ?? '';
    const csv = path.endsWith('.csv');
    if (!csv && !path.endsWith('.jsonl'))
      throw toldError('audit.format', {
        zh: '文件名应以 .jsonl 或 .csv 结尾',
        en: 'the file must end in .jsonl or .csv',
      });
    const filter = { from: instant(options.from), to: instant(options.to) };
    const rows = await onDatabase(readSettings(), output, undefined, async ({ pool }) => {
      let n = 0;
      await pipeline(
        async function* () {
          if (csv) yield `\uFEFF${csvHead()}`;
          for await (const batch of filteredRows(pool, filter, new Date())) {
            n += batch.length;
            const names = csv ? await namesIn(pool, batch) : new Map<string, string>();
            yield batch.map((row) => (csv ? csvLine(row, names) : jsonLine(row))).join('');
          }
        },
        createWriteStream(path, { mode: 0o600 }),
      );
      return n;
    });
    output.result({ rows, path }, [output.language === 'zh' ? `已写入 ${rows} 条：${path}` : `${rows} rows: ${path}`]);
  },
};

/** An instant as it was given. @throws where it is none */
const instant = (value: unknown): string | undefined => {
  const given = text(value);
  if (given === undefined) return undefined;
  const at = new Date(given);
  if (Number.isNaN(at.getTime()))
    throw toldError('audit.instant', { zh: `“${given}”不是时间`, en: `"${given}" is no instant` });
  return at.toISOString();
};

const archiveCommand: CommandModule = {
  usage: 'archive',
  text: {
    zh: `把某日之前的审计记录移入签名的归档文件（最近 ${KEPT_DAYS} 天的不能移出）`,
    en: `move rows from before a day into a signed file (those of the last ${KEPT_DAYS} days stay)`,
  },
  configure: (command) =>
    command
      .requiredOption('--before <day>', '此日（UTC）之前 / before this day (UTC)')
      .option('--file <path>', '归档文件 / the file of the archive')
      .addHelpText('after', '\n  bihuan audit archive --before 2026-01-01'),
  run: async ({ options, output }) => {
    const settings = readSettings();
    const day = String(options.before);
    const before = new Date(`${day}T00:00:00.000Z`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(before.getTime()))
      throw toldError('audit.day', { zh: `“${day}”应为 YYYY-MM-DD`, en: `"${day}" is no day: YYYY-MM-DD` });
    const path = text(options.file) ?? join(settings.data, `audit-before-${day}.jsonl`);
    const key = await signingKey(settings);
    const result = await onDatabase(settings, output, undefined, ({ pool }) =>
      withOrigin({ requestId: 'cli' }, () => archive(pool, { before, path, key, now: new Date() })),
    );
    output.result(result, [
      output.language === 'zh' ? `已移出 ${result.rows} 条：${path}` : `${result.rows} rows moved: ${path}`,
    ]);
  },
};

const audit: CommandModule = {
  usage: 'audit',
  text: { zh: '审计日志：校验、导出、归档', en: 'the audit: verify, export, archive' },
  commands: [verify, exportCommand, archiveCommand],
};

export default audit;
