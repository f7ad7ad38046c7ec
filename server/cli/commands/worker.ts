import { makeLogger } from '../../http/logging.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';
import type { Output } from '../output.ts';

const workerCommand: CommandModule = {
  usage: 'worker',
  text: {
    zh: '在单独的进程中执行后台作业（配合 serve --no-worker，可启动任意多个）',
    en: 'run the background work in a process of its own (with serve --no-worker; as many as you like)',
  },
  configure: (command) => command.addHelpText('after', '\n  bihuan worker\n  BIHUAN_JOB_CONCURRENCY=8 bihuan worker'),
  run: async ({ output }) => {
    const settings = readSettings();
    for (const warning of settings.warnings) output.note(warning);
    const started = performance.now();
    const { runWorkerNode } = await import('../../worker/run.ts');
    const logger = makeLogger(process.env.LOG_LEVEL ? settings.logLevel : 'warn');
    const node = await runWorkerNode({ settings, logger, notice: (zh, en) => output.note({ zh, en }) });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const mail = settings.smtpUrl !== undefined;
    const lines = {
      zh: `后台作业已启动（${seconds} 秒），同时执行 ${settings.jobConcurrency} 个作业，${mail ? '发送邮件' : '不发邮件'}；按 Ctrl-C 停止`,
      en: `the worker runs (${seconds} s), ${settings.jobConcurrency} jobs at a time, ${mail ? 'with' : 'without'} mail; press Ctrl-C to stop`,
    };
    output.result({ ready: true, concurrency: settings.jobConcurrency, mail, seconds }, lines[output.language]);
    await untilStopped(output);
    await node.stop();
  },
};

/** Resolves at the first signal to stop; a second one ends the process at once. */
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

export default workerCommand;
