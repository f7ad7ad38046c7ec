import { Option } from 'commander';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { problem } from '../../http/problem.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';
import { whole } from '../options.ts';
import { languageOf, type Output } from '../output.ts';
import { readGreenTemplate } from '../templateFile.ts';

const say = (zh: string, en: string) => ({ zh, en })[languageOf(process.env)];

const simulateCommand: CommandModule = {
  usage: 'simulate [template]',
  text: {
    zh: '用真实的引擎和数据库，在虚拟时间里跑完示例机构一个绩效周期（自带模板的名称或 JSON 文件；--all 逐个跑完全部自带模板）',
    en: 'run a whole cycle of the demo organisation in virtual time, through the real engine and database (key of a shipped template, or a JSON file; --all runs every shipped one)',
  },
  configure: (command) =>
    command
      .option('--all', say('全部自带模板，逐个各用一个数据库', 'every shipped template, each in a database of its own'))
      .option('--year <year>', say('周期年度', 'year of the cycle'), whole(1990, 2200), 2026)
      .option(
        '--seed <n>',
        say('随机种子，相同的种子得到相同的结果', 'the same seed gives the same result'),
        whole(0, 2 ** 32),
        1,
      )
      .option(
        '--cases <n>',
        say(
          '参评单位数，缺省为全部；chaotic 时可以更多，另开同年周期',
          'how many units take part; all by default. With chaotic actors more are in further cycles of the year',
        ),
        whole(1, 5000),
      )
      .addOption(
        new Option(
          '--actors <kind>',
          say(
            'office：像机关干部一样办理；chaotic：打开全部操作，任意办理并检查约束',
            'office: as offices work; chaotic: every action is switched on, everyone does anything, and invariants are checked',
          ),
        )
          .choices(['office', 'chaotic'])
          .default('office'),
      )
      .option('--keep', say('保留数据库以便查看', 'keep the database, to look at it'))
      .addHelpText(
        'after',
        '\n  bihuan simulate --all --year 2026 --seed 1 --json\n  bihuan simulate zjg-departments --year 2026 --seed 1 --json\n  bihuan simulate zjg-departments --actors chaotic --cases 500 --seed 7 --json',
      ),
  run: async ({ args: [name], options, output }) => {
    if ((options.all === true) === (name !== undefined))
      throw refused('template', '写一个模板，或者 --all，二者取一', 'name a template or --all, one of them');
    if (options.all === true) return runAll(options, output);
    const template: CycleTemplate = await readGreenTemplate(name ?? '');
    const { demoUnits } = await import('../../simulate/city.ts');
    const units = demoUnits(template);
    if (options.actors !== 'chaotic' && Number(options.cases ?? 0) > units)
      throw refused(
        '--cases',
        `示例机构只有 ${units} 个参评单位；--actors chaotic 时才可以更多`,
        `the demo organisation has ${units} units; more only with --actors chaotic`,
      );
    const bar = output.progress({ zh: '模拟', en: 'simulating' }, 1000);
    const given = {
      settings: readSettings(),
      template,
      year: options.year as number,
      seed: options.seed as number,
      cases: options.cases as number | undefined,
      keep: options.keep === true,
      onProgress: ({ day, share, steps }: { day: string; share: number; steps: number }) =>
        bar.update(Math.round(share * 1000), `${day} · ${steps}`),
    };
    if (options.actors === 'chaotic') {
      const { simulateChaos } = await import('../../simulate/chaos/index.ts');
      const { printChaos } = await import('../../simulate/chaos/print.ts');
      const chaos = await simulateChaos(given);
      bar.update(1000);
      bar.end();
      output.result(chaos, printChaos(chaos, output.language));
      if (chaos.violations > 0 || chaos.closed + chaos.waiting < chaos.cases) process.exitCode = 1;
      return;
    }
    const { simulate } = await import('../../simulate/index.ts');
    const { printSimulation } = await import('../../simulate/print.ts');
    const result = await simulate(given);
    bar.update(1000);
    bar.end();
    output.result(result, printSimulation(result, template, output.language));
    if (result.lost > 0 || result.incidents > 0 || result.closed < result.cases) process.exitCode = 1;
  },
};

const refused = (path: string, zh: string, en: string) =>
  problem('input.invalid', { errors: [{ path, message: { zh, en } }] });

async function runAll(options: Record<string, unknown>, output: Output): Promise<void> {
  for (const name of ['actors', 'keep'])
    if (options[name] === true || options[name] === 'chaotic')
      throw refused(`--${name}`, '不能与 --all 同用', 'cannot be combined with --all');
  const { simulateAll } = await import('../../simulate/all.ts');
  let begun = '';
  const templates = await simulateAll({
    settings: readSettings(),
    year: options.year as number,
    seed: options.seed as number,
    cases: options.cases as number | undefined,
    onProgress: ({ template, done, of }) => {
      if (template === begun) return;
      begun = template;
      output.note(`${done + 1}/${of} ${template}`);
    },
  });
  const lines = templates.flatMap(({ found, template, ...counts }) => [
    `${template}: ${Object.entries(counts)
      .map(([what, n]) => `${what} ${n}`)
      .join(', ')}`,
    ...found.map((one) => `  ${one}`),
  ]);
  output.result({ templates }, lines);
  if (templates.some(({ violations }) => violations > 0)) process.exitCode = 1;
}

export default simulateCommand;
