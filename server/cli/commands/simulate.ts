import { Option } from 'commander';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { problem } from '../../http/problem.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';
import { whole } from '../options.ts';
import { languageOf } from '../output.ts';
import { readGreenTemplate } from '../templateFile.ts';

const say = (zh: string, en: string) => ({ zh, en })[languageOf(process.env)];

/** Of the demo city. */
const DEPARTMENTS = 131;

const simulateCommand: CommandModule = {
  usage: 'simulate <template>',
  text: {
    zh: '用真实的引擎和数据库，在虚拟时间里跑完示例市一个绩效周期（自带模板的名称或 JSON 文件）',
    en: 'run a whole cycle of the demo city in virtual time, through the real engine and database (key of a shipped template, or a JSON file)',
  },
  configure: (command) =>
    command
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
          '参评单位数，缺省为全部 131 个；chaotic 时可以更多，另开同年周期',
          'how many departments take part; all 131 by default. With chaotic actors more are in further cycles of the year',
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
        '\n  bihuan simulate zjg-departments --year 2026 --seed 1 --json\n  bihuan simulate zjg-departments --actors chaotic --cases 500 --seed 7 --json',
      ),
  run: async ({ args: [name = ''], options, output }) => {
    const template: CycleTemplate = await readGreenTemplate(name);
    if (options.actors !== 'chaotic' && Number(options.cases ?? 0) > DEPARTMENTS)
      throw problem('input.invalid', {
        errors: [
          {
            path: '--cases',
            message: {
              zh: `示例市只有 ${DEPARTMENTS} 个部门；--actors chaotic 时才可以更多`,
              en: `the demo city has ${DEPARTMENTS} departments; more only with --actors chaotic`,
            },
          },
        ],
      });
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

export default simulateCommand;
