import { openDatabase } from '../../db/index.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';

const migrate: CommandModule = {
  usage: 'migrate',
  text: {
    zh: '把数据库升级到本版本（serve 启动时会自动执行）',
    en: "bring the database to this version's schema (serve does it by itself at start)",
  },
  run: async ({ output }) => {
    const settings = readSettings();
    for (const warning of settings.warnings) output.note(warning);
    const started = performance.now();
    const database = await openDatabase(settings, { migrate: true, notice: (zh, en) => output.note({ zh, en }) });
    await database.close();
    const applied = database.migrated?.applied ?? [];
    const queue = database.migrated?.queue ?? false;
    const seconds = Math.round(performance.now() - started) / 1000;
    const done = applied.length > 0 || queue;
    const lines = {
      zh: done ? `已执行：${[...applied, ...(queue ? ['作业队列'] : [])].join('、')}` : '已是最新',
      en: done ? `applied: ${[...applied, ...(queue ? ['job queue'] : [])].join(', ')}` : 'up to date',
    };
    output.result(
      { applied, queue, postgres: database.major, embedded: database.embedded, seconds },
      lines[output.language],
    );
  },
};

export default migrate;
