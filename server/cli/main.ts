import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { CommandModule } from './command.ts';
import { commands } from './commands/index.ts';
import { reportFailure } from './failure.ts';
import { languageOf, makeOutput } from './output.ts';

/** Runs `bihuan` with the arguments of a process. Sets the exit code; never throws. */
export const main = async (argv: string[]): Promise<void> => {
  endOnSignals();
  outliveReaders();
  const json = argv.includes('--json');
  try {
    const program = await makeProgram(argv);
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) reportFailure(error, { json });
    else if (error.exitCode !== 0) failUsage(error, json);
  }
};

/** The commander program: with the called command only, or with all of them for help. */
export const makeProgram = async (argv: string[]): Promise<Command> => {
  const json = argv.includes('--json');
  const language = languageOf(process.env);
  const program = new Command('bihuan')
    .description(
      { zh: '闭环：绩效周期的开放流程引擎', en: 'Bihuan: the open workflow engine for performance cycles' }[language],
    )
    .version(readVersion())
    .exitOverride()
    .showHelpAfterError({ zh: '用 --help 查看用法', en: 'use --help to see how' }[language])
    .configureHelp({ styleTitle: (title) => (language === 'zh' ? (titles[title] ?? title) : title) })
    .configureOutput({ outputError: (text, write) => json || write(text) });
  const called = argv.slice(2).find((word) => !word.startsWith('-')) ?? '';
  const names = Object.hasOwn(commands, called) ? [called] : Object.keys(commands);
  for (const name of names) {
    const loaded = await commands[name]?.();
    if (loaded) addCommand(program, loaded.default);
  }
  return program;
};

const addCommand = (parent: Command, module: CommandModule): void => {
  const language = languageOf(process.env);
  const command = parent.command(module.usage, { hidden: module.hidden === true }).description(module.text[language]);
  for (const child of module.commands ?? []) addCommand(command, child);
  const { run } = module;
  if (run) {
    command.option(
      '--json',
      { zh: '在标准输出上只打印一个 JSON 对象', en: 'print one JSON object on stdout' }[language],
    );
    command.action(() => {
      const options = command.opts<Record<string, unknown>>();
      return run({ args: command.args, options, output: makeOutput({ json: options.json === true, language }) });
    });
  }
  module.configure?.(command);
};

const titles: Record<string, string> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
};

const failUsage = (error: CommanderError, json: boolean): void => {
  process.exitCode = 2;
  if (json) process.stdout.write(`${JSON.stringify({ error: { id: 'cli.usage', message: error.message } })}\n`);
};

/**
 * Ctrl-C ends the process by `exit`, so that what listens there (the embedded database) can stop cleanly.
 * A command that handles the signals itself (serve, worker) is left alone.
 */
const endOnSignals = (): void => {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    const end = () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + number);
    };
    process.on(signal, end);
  }
};

/** Whoever no longer reads (`| head`) does not end a command: half a restore is worse than words that nobody hears. */
const outliveReaders = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
};

const readVersion = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};
