import { makePool, openDatabase } from '../../db/index.ts';
import { makePrisma } from '../../db/prisma.ts';
import { type SyncResult, syncDirectory } from '../../ldap/sync.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';
import type { Output } from '../output.ts';

const sync: CommandModule = {
  usage: 'sync',
  text: {
    zh: '按目录（LDAP）新增、更新、停用人员和单位，列出差异；三员账号和手工维护的账号不动',
    en: 'make people and organisations what the directory (LDAP) says, and tell what changed; administrators and accounts kept by hand are left alone',
  },
  configure: (command) =>
    command
      .option('--dry-run', '只看差异，不改动 / tell what would change, change nothing')
      .option('--adopt', '同名的手工账号和单位转由目录维护 / take over accounts and units of the same name')
      .addHelpText('after', '\n  bihuan ldap sync --dry-run --json'),
  run: async ({ options, output }) => {
    const settings = readSettings();
    const database = await openDatabase(settings, { migrate: true, notice: (zh, en) => output.note({ zh, en }) });
    const pool = makePool(database.url, { max: 2, name: 'ldap', statementTimeoutMs: 0 });
    try {
      const result = await syncDirectory(makePrisma(pool), settings, {
        dryRun: options.dryRun === true,
        adopt: options.adopt === true,
        now: new Date(),
      });
      output.result(result, describe(result, output));
    } finally {
      await pool.end();
      await database.close();
    }
  },
};

const SHOWN = 200;

const describe = (result: SyncResult, { language }: Output): string[] => {
  const zh = language === 'zh';
  const { people, orgs, roles, skipped } = result;
  const lines = [
    ...orgs.create.map(({ code, name }) => `+ ${code} ${name}`),
    ...orgs.update.map(({ code, changes }) => `~ ${code} ${changed(changes)}`),
    ...orgs.deactivate.map(({ code }) => `- ${code}`),
    ...people.create.map(({ username, name }) => `+ ${username} ${name}`),
    ...people.update.map(({ username, changes }) => `~ ${username} ${changed(changes)}`),
    ...people.deactivate.map(({ username }) => `- ${username}`),
    ...roles.add.map(({ username, role }) => `+ ${username}: ${role}`),
    ...roles.remove.map(({ username, role }) => `- ${username}: ${role}`),
    ...skipped.map(({ dn, reason }) => `! ${dn} (${reason})`),
  ];
  const counted = (what: { create: unknown[]; update: unknown[]; deactivate: unknown[] }) =>
    `+${what.create.length} ~${what.update.length} -${what.deactivate.length}`;
  const summary = zh
    ? `人员 ${counted(people)}，单位 ${counted(orgs)}，跳过 ${skipped.length}${result.dryRun ? '（试运行，未改动）' : ''}`
    : `people ${counted(people)}, organisations ${counted(orgs)}, left alone ${skipped.length}${result.dryRun ? ' (a dry run: nothing was changed)' : ''}`;
  return [...lines.slice(0, SHOWN), ...(lines.length > SHOWN ? [`… ${lines.length - SHOWN}`] : []), summary];
};

const changed = (changes: Record<string, { from: string | null; to: string | null }>): string =>
  Object.entries(changes)
    .map(([field, { from, to }]) => `${field}: ${from ?? '∅'} → ${to ?? '∅'}`)
    .join(', ');

const ldap: CommandModule = {
  usage: 'ldap',
  text: { zh: '目录（LDAP）', en: 'the directory (LDAP)' },
  commands: [sync],
};

export default ldap;
