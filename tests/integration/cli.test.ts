import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { commands } from '../../server/cli/commands/index.ts';
import { makeProgram } from '../../server/cli/main.ts';
import { createScratchDatabase, dropScratchDatabase } from '../../server/db/index.ts';
import { projectRoot, runCli } from '../support/cli.ts';

test('every command is listed and explains itself, with --json unless it only groups others', async () => {
  const all = await runCli(['--help']);
  expect(all.code).toBe(0);
  for (const [name, load] of Object.entries(commands)) {
    const { default: module } = await load();
    expect(module.usage.split(' ')[0]).toBe(name);
    if (module.hidden) expect(all.stdout).not.toContain(name);
    else expect(all.stdout).toContain(module.text.en.slice(0, 20));
    const program = await makeProgram(['node', 'bihuan', name, '--help']);
    const help = program.commands[0]?.helpInformation() ?? '';
    expect(help).toContain(`bihuan ${name}`);
    expect(help).toMatch(module.run ? /--json/ : /Commands:|命令：/);
  }
  expect(await runCli(['migrate', '--help'])).toMatchObject({ code: 0, stderr: '' });
}, 60_000);

test('a reader who goes away does not end a command', async () => {
  const command = spawn(process.execPath, [join(projectRoot, 'server/cli/bihuan.mjs'), 'template', '--help']);
  command.stdout.destroy();
  const said: string[] = [];
  command.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const [code] = await once(command, 'close');
  expect({ code, said }).toEqual({ code: 0, said: [] });
});

test('migrate --json prints one object; a second time there is nothing to do', async () => {
  const url = await createScratchDatabase(inject('clusterUrl'), 'cli_migrate');
  const env = { DATABASE_URL: url };
  const first = await runCli(['migrate', '--json'], { env });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(first.stdout)).toMatchObject({
    applied: expect.arrayContaining(['0001_init']),
    queue: true,
    embedded: false,
  });
  const second = await runCli(['migrate'], { env });
  expect(second).toMatchObject({ code: 0, stdout: 'up to date\n' });
  await dropScratchDatabase(inject('clusterUrl'), 'cli_migrate');
});

test.each([
  ['an unknown command', ['fly'], {}, 2, 'cli.usage'],
  ['an unknown option', ['migrate', '--fast'], {}, 2, 'cli.usage'],
  ['a wrong setting', ['migrate'], { PORT: 'x' }, 1, 'settings.invalid'],
  [
    'a database that refuses',
    ['migrate'],
    { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c?connect=now' },
    1,
    'database.unreachable',
  ],
])(
  '%s fails with a code, and with --json as one object that names the error',
  async (_name, args, env, code, id) => {
    const json = await runCli([...args, '--json'], { env });
    expect(json.code).toBe(code);
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { id, message: expect.any(String) } });
  },
  60_000,
);

test('without --json people read it on stderr, in their language', async () => {
  const { code, stdout, stderr } = await runCli(['migrate'], { env: { PORT: 'x', BIHUAN_LANG: 'zh' } });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('环境变量 PORT 的值 "x" 无效');
});
