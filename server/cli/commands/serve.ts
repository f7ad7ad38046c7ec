import { makeLogger } from '../../http/logging.ts';
import type { Serving } from '../../serve/start.ts';
import { readSettings } from '../../settings/index.ts';
import { describeSetup } from '../../setup/describe.ts';
import type { CommandModule } from '../command.ts';
import type { Output } from '../output.ts';

const serveCommand: CommandModule = {
  usage: 'serve',
  text: {
    zh: '启动服务：数据库、引擎、后台作业、接口与控制台',
    en: 'start the server: database, engine, background work, API and console',
  },
  configure: (command) =>
    command
      .option('--demo', '载入示例市与演示账号 / with the demo city and its accounts')
      .option(
        '--no-worker',
        '不在本进程执行后台作业（另用 bihuan worker）/ without background work (run bihuan worker)',
      )
      .option('--no-console', '不构建控制台，只提供接口 / do not build the console')
      .addHelpText('after', '\n  bihuan serve --demo\n  PORT=8080 HOST=0.0.0.0 bihuan serve'),
  run: async ({ options, output }) => {
    const settings = readSettings();
    for (const warning of settings.warnings) output.note(warning);
    const started = performance.now();
    const { serve } = await import('../../serve/start.ts');
    const logger = makeLogger(process.env.LOG_LEVEL ? settings.logLevel : 'warn');
    const serving = await serve({
      settings,
      logger,
      output,
      demo: options.demo === true,
      worker: options.worker !== false,
      console: options.console !== false,
      anyPort: !process.env.PORT,
    });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const { url, demo, setup } = serving;
    output.result({ url, ...(demo && { demo }), ...(setup && { setup }), seconds }, describe(serving, seconds, output));
    await untilStopped(output);
    await serving.stop();
  },
};

const describe = ({ url, demo, setup }: Serving, seconds: number, { language }: Output): string[] => {
  const zh = language === 'zh';
  const lines = [zh ? `已就绪（${seconds} 秒）：` : `ready (${seconds} s):`, '', `  ${url}`, ''];
  if (setup) lines.push(...describeSetup(url, setup, language), '');
  if (demo) {
    lines.push(zh ? `演示账号（密码均为 ${demo.password}）：` : `demo accounts (password of all: ${demo.password}):`);
    for (const { username, name, role, org } of demo.accounts) {
      lines.push(`  ${username.padEnd(14)} ${role[language]} · ${name} · ${org}`);
    }
    lines.push(
      '',
      zh
        ? '示例市不要求管理员设置第二因子，密码也不到期；请勿用于真实数据'
        : 'the demo city asks no second factor of administrators and lets no password expire: not for real data',
      '',
    );
  }
  return [...lines, zh ? '按 Ctrl-C 停止' : 'press Ctrl-C to stop'];
};

/** Resolves at the first signal to stop; a second one ends the process at once. Before that, signals end the start itself. */
const untilStopped = (output: Output): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(130);
      asked = true;
      output.note({ zh: '正在停止……', en: 'stopping …' });
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  });

export default serveCommand;
