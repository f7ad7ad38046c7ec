import { z } from 'zod';
import { define, number, yesNo } from './define.ts';
import { ldapSettings, oidcSettings } from './federation.ts';
import { address, flag, hostList, whole, word } from './parsers.ts';

/** Every setting, in the order of the documentation's table. */
export const definitions = {
  port: define({
    name: 'PORT',
    schema: whole(0, 65_535),
    default: '3000',
    text: {
      zh: '网页与接口的端口；0 表示自动选择空闲端口',
      en: 'port of the web pages and the API; 0 picks a free one',
    },
    expects: number(0, 65_535),
  }),
  host: define({
    name: 'HOST',
    schema: word,
    default: '127.0.0.1',
    text: {
      zh: '监听地址；0.0.0.0 表示本机所有网卡',
      en: 'address to listen on; 0.0.0.0 means every network interface',
    },
    expects: { zh: 'IP 地址或主机名', en: 'an IP address or host name' },
  }),
  tlsCert: define({
    name: 'BIHUAN_TLS_CERT',
    schema: word,
    text: {
      zh: 'TLS 证书链文件（PEM）；与 BIHUAN_TLS_KEY 同设则直接提供 HTTPS，文件更换后自动生效',
      en: 'certificate chain (PEM); with BIHUAN_TLS_KEY the server speaks HTTPS itself, and takes up files that are replaced',
    },
    expects: { zh: '文件路径', en: 'path of a file' },
  }),
  tlsKey: define({
    name: 'BIHUAN_TLS_KEY',
    schema: word,
    text: { zh: '上述证书的私钥文件（PEM）', en: 'private key of that certificate (PEM)' },
    expects: { zh: '文件路径', en: 'path of a file' },
  }),
  url: define({
    name: 'BIHUAN_URL',
    schema: address('http', 'https').transform((value) => value.replace(/(?<!\/)\/+$/, '')),
    text: {
      zh: '用户访问的公开地址，用于邮件中的链接；缺省由 HOST 和 PORT 得出',
      en: 'public address that people open, used in links of mails; derived from HOST and PORT when absent',
    },
    expects: { zh: 'http:// 或 https:// 开头的地址', en: 'an address starting with http:// or https://' },
  }),
  databaseUrl: define({
    name: 'DATABASE_URL',
    schema: address('postgres', 'postgresql'),
    secret: true,
    text: {
      zh: '自有 PostgreSQL（15–18）的连接地址；缺省在数据目录中运行内置的 PostgreSQL',
      en: 'your own PostgreSQL (15–18); when absent an embedded PostgreSQL runs in the data folder',
    },
    expects: { zh: 'postgres://用户:密码@主机:端口/库名', en: 'postgres://user:password@host:port/database' },
  }),
  ownerUrl: define({
    name: 'BIHUAN_OWNER_URL',
    schema: address('postgres', 'postgresql'),
    secret: true,
    text: {
      zh: '升级数据库结构用的连接地址（库的所有者）；设置后 DATABASE_URL 应是一个权限受限的登录用户',
      en: "address of the database's owner, used to bring the schema up to date; DATABASE_URL is then a login with fewer rights",
    },
    expects: { zh: 'postgres://用户:密码@主机:端口/库名', en: 'postgres://user:password@host:port/database' },
  }),
  databasePool: define({
    name: 'BIHUAN_DB_POOL',
    schema: whole(1, 500),
    default: '10',
    text: { zh: '每个进程的数据库连接数上限', en: 'most database connections of one process' },
    expects: number(1, 500),
  }),
  data: define({
    name: 'BIHUAN_DATA',
    schema: word,
    default: './.bihuan',
    text: {
      zh: '数据目录：内置数据库、上传的佐证材料、密钥',
      en: 'data folder: embedded database, uploaded evidence, keys',
    },
    expects: { zh: '文件夹路径', en: 'path of a folder' },
  }),
  secretKey: define({
    name: 'BIHUAN_SECRET_KEY',
    schema: word,
    secret: true,
    text: {
      zh: '加密第二因子等秘密的密钥；可列多个以便更换：第一个用于加密，其余仅用于解密。缺省在数据目录中生成 secret.key；多个节点须用同一密钥',
      en: 'key that seals secrets such as those of the second factor; several may be listed to replace one: the first seals, the others only open. By default secret.key is made in the data folder; nodes must share it',
    },
    expects: {
      zh: 'base64 编码的 32 字节，逗号分隔',
      en: '32 bytes in base64, separated by commas',
    },
  }),
  stage: define({
    name: 'BIHUAN_STAGE',
    schema: word,
    text: {
      zh: '以 root 运行且数据目录对数据库用户关闭时，内置数据库存放的位置；缺省为 /var/lib/bihuan',
      en: 'where the embedded database is kept when root runs it and its user cannot enter the data folder; /var/lib/bihuan by default',
    },
    expects: { zh: '任何用户都能进入的文件夹路径', en: 'path of a folder that every user can enter' },
  }),
  auditKeyFile: define({
    name: 'BIHUAN_AUDIT_KEY_FILE',
    schema: word,
    text: {
      zh: '签署审计检查点的私钥文件（Ed25519，PEM）；缺省在数据目录中生成 audit.key；多个节点须用同一文件内容',
      en: 'file of the private key (Ed25519, PEM) that signs the checkpoints of the audit; audit.key in the data folder by default; nodes must share it',
    },
    expects: { zh: '文件路径', en: 'path of a file' },
  }),
  auditFile: define({
    name: 'BIHUAN_AUDIT_FILE',
    schema: word,
    text: {
      zh: '数据库之外保存审计检查点的文件，最好在另一台机器或只追加的存储上；缺省为数据目录中的 audit-checkpoints.jsonl',
      en: 'file outside the database that checkpoints of the audit are appended to, best on another machine or on append-only storage; audit-checkpoints.jsonl in the data folder by default',
    },
    expects: { zh: '文件路径', en: 'path of a file' },
  }),
  smtpUrl: define({
    name: 'SMTP_URL',
    schema: address('smtp', 'smtps'),
    secret: true,
    text: {
      zh: '邮件服务器；缺省不发邮件，只在系统内通知',
      en: 'mail server; when absent no mail is sent, only notices inside',
    },
    expects: { zh: 'smtp://用户:密码@主机:端口', en: 'smtp://user:password@host:port' },
  }),
  mailFrom: define({
    name: 'BIHUAN_MAIL_FROM',
    schema: word,
    default: 'bihuan@localhost',
    text: { zh: '发件人地址', en: 'sender of mails' },
    expects: { zh: '邮箱地址', en: 'a mail address' },
  }),
  logLevel: define({
    name: 'LOG_LEVEL',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) as z.ZodType<LogLevel, string>,
    default: 'info',
    text: { zh: '日志级别', en: 'how much is logged' },
    expects: {
      zh: 'fatal、error、warn、info、debug、trace、silent 之一',
      en: 'one of fatal, error, warn, info, debug, trace, silent',
    },
  }),
  language: define({
    name: 'BIHUAN_LANG',
    schema: z.enum(['zh', 'en']) as z.ZodType<'zh' | 'en', string>,
    default: 'zh',
    text: { zh: '请求未说明语言时使用的语言', en: 'language when a request names none' },
    expects: { zh: 'zh 或 en', en: 'zh or en' },
  }),
  secureCookies: define({
    name: 'BIHUAN_SECURE_COOKIES',
    schema: flag,
    text: {
      zh: '会话 Cookie 只经 HTTPS 发送；缺省当 BIHUAN_URL 为 https 或启用 TLS 时为真',
      en: 'session cookie is sent over HTTPS only; true by default when BIHUAN_URL is https or TLS is on',
    },
    expects: yesNo,
  }),
  trustProxy: define({
    name: 'BIHUAN_TRUST_PROXY',
    schema: whole(0, 10),
    default: '0',
    text: {
      zh: '前面有几层反向代理（用于取得真实客户端地址）',
      en: 'how many reverse proxies stand in front (to find the client address)',
    },
    expects: number(0, 10),
  }),
  sessionHours: define({
    name: 'BIHUAN_SESSION_HOURS',
    schema: whole(1, 720),
    default: '12',
    text: { zh: '登录会话的有效小时数', en: 'hours until a session ends' },
    expects: number(1, 720),
  }),
  sessionIdleMinutes: define({
    name: 'BIHUAN_SESSION_IDLE_MINUTES',
    schema: whole(1, 1440),
    default: '60',
    text: { zh: '无操作多少分钟后会话结束', en: 'minutes without a request after which a session ends' },
    expects: number(1, 1440),
  }),
  tokenDays: define({
    name: 'BIHUAN_TOKEN_DAYS',
    schema: whole(1, 3650),
    default: '366',
    text: { zh: '业务系统令牌最长有效天数', en: 'days that a token of a business system may live at most' },
    expects: number(1, 3650),
  }),
  sessionLimit: define({
    name: 'BIHUAN_SESSION_LIMIT',
    schema: whole(1, 1000),
    default: '10',
    text: {
      zh: '每人同时存在的会话数上限；超出时最早的会话结束',
      en: 'sessions that one person may have at the same time; the oldest ends when there is one more',
    },
    expects: number(1, 1000),
  }),
  secondFactor: define({
    name: 'BIHUAN_SECOND_FACTOR',
    schema: flag,
    default: 'true',
    text: {
      zh: '系统、安全、审计管理员必须设置第二因子；示例市除外',
      en: 'system, security and audit administrators must have a second factor; not in the demo city',
    },
    expects: yesNo,
  }),
  passwordDays: define({
    name: 'BIHUAN_PASSWORD_DAYS',
    schema: whole(0, 3650),
    default: '90',
    text: {
      zh: '密码使用多少天后必须更换；0 表示不限（等保要求定期更换）；示例市除外',
      en: 'days after which a password must be changed; 0 for never; not in the demo city',
    },
    expects: number(0, 3650),
  }),
  passwordHistory: define({
    name: 'BIHUAN_PASSWORD_HISTORY',
    schema: whole(0, 24),
    default: '5',
    text: {
      zh: '不得重复使用的最近密码个数（含当前密码）',
      en: 'how many of the last passwords, the present one included, may not be chosen again',
    },
    expects: number(0, 24),
  }),
  passwordLength: define({
    name: 'BIHUAN_PASSWORD_LENGTH',
    schema: whole(8, 64),
    default: '8',
    text: { zh: '密码的最少字符数', en: 'fewest characters of a password' },
    expects: number(8, 64),
  }),
  invitationDays: define({
    name: 'BIHUAN_INVITATION_DAYS',
    schema: whole(1, 90),
    default: '7',
    text: { zh: '邀请链接的有效天数', en: 'days until an invitation ends' },
    expects: number(1, 90),
  }),
  uploadMaxMb: define({
    name: 'BIHUAN_UPLOAD_MAX_MB',
    schema: whole(1, 1024),
    default: '20',
    text: { zh: '单个上传文件的上限（MB）', en: 'largest upload, in MB' },
    expects: number(1, 1024),
  }),
  pullHosts: define({
    name: 'BIHUAN_PULL_HOSTS',
    schema: hostList,
    default: '',
    text: {
      zh: '允许定时取数的主机，逗号分隔；内网地址须逐个列出',
      en: 'hosts that values may be fetched from, separated by commas; a private address must itself be listed',
    },
    expects: { zh: '主机名或 IP 地址', en: 'names or IP addresses' },
  }),
  bodyMaxKb: define({
    name: 'BIHUAN_BODY_MAX_KB',
    schema: whole(16, 65_536),
    default: '1024',
    text: { zh: '单个 JSON 请求的上限（KB）', en: 'largest JSON request, in KB' },
    expects: number(16, 65_536),
  }),
  metricsToken: define({
    name: 'BIHUAN_METRICS_TOKEN',
    schema: z.string().trim().min(16).max(4096),
    secret: true,
    text: {
      zh: '读取 /metrics 的令牌（Authorization: Bearer）；缺省只有本机可读',
      en: 'token to read /metrics with (Authorization: Bearer); by default only this machine may',
    },
    expects: { zh: '至少 16 个字符', en: 'at least 16 characters' },
  }),
  backupPassphrase: define({
    name: 'BIHUAN_BACKUP_PASSPHRASE',
    schema: z.string().trim().min(12).max(4096),
    secret: true,
    text: {
      zh: '备份的加密口令；设置后备份一律加密，恢复时须相同',
      en: 'passphrase that backups are encrypted with; restoring one takes the same',
    },
    expects: { zh: '至少 12 个字符', en: 'at least 12 characters' },
  }),
  jobConcurrency: define({
    name: 'BIHUAN_JOB_CONCURRENCY',
    schema: whole(1, 100),
    default: '4',
    text: { zh: '每个后台进程同时执行的作业数', en: 'jobs that one worker runs at the same time' },
    expects: number(1, 100),
  }),
  ...oidcSettings,
  ...ldapSettings,
} as const;

export type { SettingDefinition } from './define.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
