import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from '../settings/index.ts';
import { toldError } from '../toldError.ts';
import { openEmbedded } from './embedded.ts';
import { codeOf } from './error.ts';
import { type MigrationResult, migrate } from './migrate.ts';
import { APP_ROLE, loginUrl, roleUrl } from './role.ts';
import { withClient } from './scratch.ts';

/** The open database of this process. */
export interface Database {
  /** As the application works with it: by a role that cannot change the audit, where `restricted`. */
  url: string;
  /** As its owner: for the schema, and for databases beside it. */
  ownerUrl: string;
  /** False where the owner may not create the application's role, so that the application works as the owner. */
  restricted: boolean;
  /** True when it is the embedded PostgreSQL of the data folder. */
  embedded: boolean;
  /** Major version of the server. */
  major: number;
  migrated: MigrationResult | undefined;
  /** Leaves it; the embedded server stops when nobody else uses it. */
  close(): Promise<void>;
}

type Notice = (zh: string, en: string) => void;

export interface OpenOptions {
  /** Bring the schema up to date first. */
  migrate?: boolean;
  /** How long to wait for a server that is not there yet. */
  waitMs?: number;
  /** Told in words about anything unusual. */
  notice?: Notice;
}

const OLDEST = 15;
const NEWEST = 18;

/** Opens the user's own PostgreSQL (`DATABASE_URL`), else the embedded one of the data folder. */
export const openDatabase = async (
  settings: Pick<Settings, 'databaseUrl' | 'data'> & Partial<Pick<Settings, 'stage' | 'ownerUrl'>>,
  options: OpenOptions = {},
): Promise<Database> => {
  const notice = options.notice ?? (() => undefined);
  const embedded = settings.databaseUrl
    ? undefined
    : await openEmbedded(settings.data, { notice, stage: settings.stage });
  const given = settings.databaseUrl ?? embedded?.url ?? '';
  const ownerUrl = settings.ownerUrl ?? given;
  const close = async () => embedded?.close();
  try {
    const major = await checkServer(ownerUrl, options.waitMs ?? 5_000, notice);
    const login = settings.ownerUrl ? decodeURIComponent(new URL(given).username) : undefined;
    const migrated = options.migrate ? await migrate(ownerUrl, { login }) : undefined;
    const url = embedded ? loginUrl(given) : roleUrl(given);
    const restricted = await worksAsRole(url);
    if (!restricted && settings.ownerUrl) throw notRestricted(given);
    if (!restricted && options.migrate) tellUnrestricted(notice);
    return {
      url: restricted ? url : given,
      ownerUrl,
      restricted,
      embedded: embedded !== undefined,
      major,
      migrated,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Whether the address leads to the application's role, in a database that has granted it something. */
const worksAsRole = async (url: string): Promise<boolean> => {
  try {
    return await withClient(url, async (client) => {
      const { rows } = await client.query<{ ok: boolean }>(
        `SELECT current_user = $1 AND coalesce(has_table_privilege(to_regclass('audit'), 'SELECT'), false) AS ok`,
        [APP_ROLE],
      );
      return rows[0]?.ok === true;
    });
  } catch (error) {
    // No such role, not granted, or its password is another one.
    if (['22023', '42501', '42704', '28000', '28P01'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
};

const tellUnrestricted = (notice: Notice): void =>
  notice(
    `数据库用户无权建立角色 ${APP_ROLE}：应用以数据库所有者的身份运行，审计记录只靠触发器和签名检查点保护（见 docs/audit.md）`,
    `the database user may not create the role ${APP_ROLE}: the application works as the owner, and only triggers and signed checkpoints guard the audit (see docs/audit.md)`,
  );

const notRestricted = (url: string) =>
  toldError(
    'database.notRestricted',
    {
      zh: `DATABASE_URL 的用户 ${new URL(url).username} 不能以角色 ${APP_ROLE} 工作`,
      en: `the user ${new URL(url).username} of DATABASE_URL cannot work as the role ${APP_ROLE}`,
    },
    {
      hint: {
        zh: `由管理员执行：CREATE ROLE ${APP_ROLE} NOINHERIT; GRANT ${APP_ROLE} TO 该用户; 再执行 bihuan migrate`,
        en: `let an administrator run: CREATE ROLE ${APP_ROLE} NOINHERIT; GRANT ${APP_ROLE} TO that user; then bihuan migrate`,
      },
    },
  );

const checkServer = async (url: string, waitMs: number, notice: Notice): Promise<number> => {
  const major = Math.floor((await readVersion(url, waitMs, notice)) / 10_000);
  checkMajor(major, notice);
  return major;
};

/** Refuses a version that is too old; remarks on one that is newer than any that was tried. */
export const checkMajor = (major: number, notice: Notice): void => {
  if (major < OLDEST) {
    throw toldError('database.tooOld', {
      zh: `PostgreSQL ${major} 过旧，需要 ${OLDEST} 至 ${NEWEST}`,
      en: `PostgreSQL ${major} is too old; ${OLDEST} to ${NEWEST} are needed`,
    });
  }
  if (major > NEWEST) {
    notice(
      `PostgreSQL ${major} 尚未经过测试（支持 ${OLDEST}–${NEWEST}）`,
      `PostgreSQL ${major} has not been tested (${OLDEST}–${NEWEST} are supported)`,
    );
  }
};

const readVersion = async (url: string, waitMs: number, notice: Notice): Promise<number> => {
  const deadline = performance.now() + waitMs;
  for (let tries = 0; ; tries++) {
    try {
      return await withClient(url, async (client) => {
        const { rows } = await client.query<{ version: string }>(
          "SELECT current_setting('server_version_num') AS version",
        );
        return Number(rows[0]?.version);
      });
    } catch (cause) {
      if (!isPassing(cause) || performance.now() > deadline) throw unreachable(url, cause);
      if (tries === 0) notice('数据库尚未就绪，等待中', 'the database is not ready yet, waiting');
      await pause(200);
    }
  }
};

/** Refused, starting up, shutting down: it may work in a moment. A wrong password or name never will. */
const isPassing = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', '57P03', '57P01', '53300'].includes(codeOf(error) ?? '');

const unreachable = (url: string, cause: unknown) => {
  const { hostname, port, pathname } = new URL(url);
  const code = codeOf(cause) ?? '';
  return toldError(
    'database.unreachable',
    {
      zh: `无法连接数据库 ${hostname}:${port || 5432}${pathname}`,
      en: `cannot connect to the database ${hostname}:${port || 5432}${pathname}`,
    },
    { cause, detail: cause instanceof Error ? cause.message : String(cause), hint: hints[code] ?? hints.other },
  );
};

const hints = {
  '3D000': { zh: '先建立该数据库：createdb', en: 'create that database first: createdb' },
  '28P01': { zh: '检查 DATABASE_URL 中的用户和密码', en: 'check user and password in DATABASE_URL' },
  other: { zh: '检查 DATABASE_URL，以及服务器是否在运行', en: 'check DATABASE_URL, and whether the server runs' },
} as Record<string, { zh: string; en: string }> & { other: { zh: string; en: string } };
