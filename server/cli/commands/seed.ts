import { seedCalendar } from '../../../prisma/seed/index.ts';
import { library } from '../../../workflows/library/index.ts';
import { withOrigin } from '../../audit/origin.ts';
import { makePool, openDatabase } from '../../db/index.ts';
import { makePrisma } from '../../db/prisma.ts';
import { readSettings } from '../../settings/index.ts';
import { publishTemplate } from '../../simulate/city.ts';
import { seedDemo } from '../../simulate/demo.ts';
import type { CommandCall, CommandModule } from '../command.ts';

const seed: CommandModule = {
  usage: 'seed',
  text: {
    zh: '载入工作日历和自带模板；加 --demo 另建示例市（131 个部门、演示账号、进行中的考评周期）。可重复执行',
    en: 'load the working-day calendar and the shipped templates; with --demo also the demo city (131 departments, accounts, a cycle under way). May be repeated',
  },
  configure: (command) =>
    command.option('--demo', '示例市 / the demo city').addHelpText('after', '\n  bihuan seed --demo --json'),
  run: (call) => withOrigin({ requestId: 'cli' }, () => run(call)),
};

const run = async ({ options, output }: CommandCall): Promise<void> => {
  const started = performance.now();
  const database = await openDatabase(readSettings(), { migrate: true, notice: (zh, en) => output.note({ zh, en }) });
  const pool = makePool(database.url, { max: 8, name: 'seed' });
  try {
    const prisma = makePrisma(pool);
    const calendar = await seedCalendar(prisma);
    for (const template of Object.values(library)) await publishTemplate(pool, template, new Date());
    const bar = options.demo ? output.progress({ zh: '示例市', en: 'demo city' }, 1000) : undefined;
    const demo = options.demo
      ? await seedDemo({
          pool,
          prisma,
          now: new Date(),
          onProgress: ({ day, share, steps }) => bar?.update(Math.round(share * 1000), `${day} · ${steps}`),
        })
      : undefined;
    bar?.end();
    const seconds = Math.round(performance.now() - started) / 1000;
    const known = {
      zh: `工作日历已知至 ${calendar.knownUntil}；模板：${Object.keys(library).join('、')}`,
      en: `calendar known until ${calendar.knownUntil}; templates: ${Object.keys(library).join(', ')}`,
    }[output.language];
    const city = demo && {
      zh: `示例市：${demo.orgs} 个组织，${demo.people} 人${demo.created ? '' : '（原已存在）'}`,
      en: `demo city: ${demo.orgs} organisations, ${demo.people} people${demo.created ? '' : ' (was there already)'}`,
    };
    const cycles = (demo?.cycles ?? []).map(
      ({ name, cases, steps }) =>
        ({ zh: `  ${name}：${cases} 个单位，${steps} 步`, en: `  ${name}: ${cases} units, ${steps} steps` })[
          output.language
        ],
    );
    output.result({ calendar, templates: Object.keys(library), ...(demo && { demo }), seconds }, [
      known,
      ...(city ? [city[output.language], ...cycles] : []),
    ]);
  } finally {
    await pool.end();
    await database.close();
  }
};

export default seed;
