import { readSettings } from '../../settings/index.ts';
import { openScratchServer } from '../../simulate/scratch.ts';
import { toldError } from '../../toldError.ts';
import type { CommandModule } from '../command.ts';
import { whole } from '../options.ts';

const fuzzCommand: CommandModule = {
  usage: 'fuzz',
  text: {
    zh: '用生成的正常与恶意请求敲打接口的每个操作：不得出错、泄密，答复须与接口说明一致',
    en: 'sends generated requests, right and hostile, to every operation of the API: no failure, no leak, every answer as described',
  },
  configure: (command) =>
    command
      .option('--requests <n>', '次数 / how many requests', whole(1, 10_000_000), 50_000)
      .option('--seed <n>', '随机种子，相同则请求相同 / the same seed sends the same', whole(0, 2 ** 31 - 1), 1)
      .option('--only <operation>', '仅此开头的操作 / only operations that begin so, e.g. cases.')
      .addHelpText(
        'after',
        '\n  bihuan fuzz --requests 50000 --json\n  bihuan fuzz --requests 500 --only tasks.act --seed 7',
      ),
  run: async ({ options, output }) => {
    const { fuzz } = await loadFuzz();
    const requests = options.requests as number;
    const seed = options.seed as number;
    output.note({ zh: `随机种子 ${seed}`, en: `seed ${seed}` });
    const server = await openScratchServer(readSettings());
    try {
      const result = await server.use(`bihuan_fuzz_${process.pid}`, async (url) => {
        const bar = output.progress({ zh: '敲打', en: 'fuzzing' }, requests);
        const only = typeof options.only === 'string' ? options.only : undefined;
        const done = await fuzz(url, {
          requests,
          seed,
          only,
          onProgress: (sent, failures) => bar.update(sent, `${failures} ✗`),
        });
        bar.end();
        return done;
      });
      const { serverErrors, schemaMismatches, leaks, verified, healthy, failures } = result;
      output.result(result, [
        `${result.requests} requests to ${result.operations} operations: ${Object.entries(result.statuses)
          .map(([status, count]) => `${status} × ${count}`)
          .join(', ')}`,
        `server errors ${serverErrors}, answers not as described ${schemaMismatches}, leaks ${leaks}, healthy ${healthy}, verified ${verified}`,
        ...failures.flatMap(({ operation, kind, what, count, actor, request, shrunk }) => {
          const { method, url, headers, body } = shrunk ?? request;
          return [
            '',
            `${operation}  ${kind}  ${what}  (${count} ×, as ${actor})`,
            `  ${method} ${url}`,
            `  ${JSON.stringify(headers)}`,
            `  ${body ?? ''}`,
          ];
        }),
      ]);
      if (!result.ok) process.exitCode = 1;
    } finally {
      await server.close();
    }
  },
};

/** What generates the requests is installed for development only. */
const loadFuzz = async () => {
  try {
    return await import('../../fuzz/index.ts');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const title = {
      zh: '此命令需要 fast-check，请用 npm ci（含开发依赖）安装',
      en: 'this command needs fast-check: install with npm ci, development dependencies included',
    };
    throw toldError('fuzz.missing', title, { cause: error });
  }
};

export default fuzzCommand;
