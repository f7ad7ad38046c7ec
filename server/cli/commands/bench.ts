import { benchAudit } from '../../bench/audit.ts';
import { benchBallots, LEAST } from '../../bench/ballots.ts';
import { benchConsole, FIRST_LOAD_KB, INTERACTIVE_MS } from '../../bench/console.ts';
import { benchEngine } from '../../bench/engine.ts';
import { benchScoring, MOST, PROVINCE } from '../../bench/scoring.ts';
import { benchTimers } from '../../bench/timers.ts';
import { createScratchDatabase, dropScratchDatabase, migrate, openDatabase } from '../../db/index.ts';
import { makeEnginePool } from '../../engine/pool.ts';
import { readSettings } from '../../settings/index.ts';
import type { CommandModule } from '../command.ts';
import { whole } from '../options.ts';
import type { Output } from '../output.ts';

const engine: CommandModule = {
  usage: 'engine',
  text: {
    zh: '引擎吞吐：与手写 SQL 写同样的行相比（同一次运行、同一数据库）',
    en: "the engine's throughput against the same rows written by hand (same run, same database)",
  },
  configure: (command) => {
    command
      .option('--rounds <n>', 'rounds of measuring floor and engine in turn', whole(1, 100), 5)
      .option('--cases <n>', 'standard cases a measurement', whole(50, 100_000), 1000);
  },
  run: async ({ options, output }) => {
    await onScratch(output, async (url) => {
      const bar = output.progress({ zh: '测量', en: 'measuring' }, 1);
      const result = await benchEngine(url, {
        rounds: options.rounds as number,
        cases: options.cases as number,
        onProgress: (done, total) => bar.update(done / total),
      });
      bar.end();
      const { ratio, floor, engine: alone, batched } = result;
      output.result(result, [
        `floor    32 callers ${floor.c32.stepsPerS} steps/s   1 caller p50 ${floor.c1.p50Ms} ms`,
        `engine   32 callers ${alone.c32.stepsPerS} steps/s   1 caller p50 ${alone.c1.p50Ms} ms   ratio ${ratio.c32}, p50 ratio ${ratio.c1P50}`,
        `batched  32 callers ${batched.c32.stepsPerS} steps/s   ratio ${ratio.c32Batched}`,
        `a case: ${result.perCase.rowsWritten} rows, ${result.perCase.walBytes} bytes of log, ${result.perCase.tableBytes} bytes of tables`,
        `a step among open tasks: ${result.openTasks.map((o) => `${o.open}: ${o.p50Ms} ms`).join(', ')}`,
        `launch: ${result.launch.map((l) => `${l.cases} cases ${l.seconds} s`).join(', ')}`,
      ]);
    });
  },
};

const audit: CommandModule = {
  usage: 'audit',
  text: {
    zh: '审计链的代价：有无审计链时引擎每秒步数之比（同一次运行、同一数据库）',
    en: "what the audit chain costs: the engine's steps a second with and without it (same run, same database)",
  },
  configure: (command) => {
    command
      .option('--rounds <n>', 'pairs of measurements, in turn', whole(1, 100), 15)
      .option('--cases <n>', 'standard cases a measurement', whole(50, 100_000), 1000);
  },
  run: async ({ options, output }) => {
    await onScratch(output, async (url) => {
      const bar = output.progress({ zh: '测量', en: 'measuring' }, 1);
      const result = await benchAudit(url, {
        rounds: options.rounds as number,
        cases: options.cases as number,
        onProgress: (share) => bar.update(share),
      });
      bar.end();
      output.result(result, [
        `with     ${result.with} steps/s`,
        `without  ${result.without} steps/s   cost ${result.cost} (at most ${result.most})`,
      ]);
      if (!result.ok) process.exitCode = 1;
    });
  },
};

const timers: CommandModule = {
  usage: 'timers',
  text: {
    zh: '同一秒到期的大量期限：全部触发的用时、同时办事的人等多久，逐条与记录核对',
    en: 'many timers due in the same second: how long they take, how long users wait meanwhile, each checked in the record',
  },
  configure: (command) => {
    command.option('--timers <n>', 'how many', whole(4, 1_000_000), 10_000);
  },
  run: async ({ options, output }) => {
    await onScratch(output, async (url) => {
      const bar = output.progress({ zh: '测量', en: 'measuring' }, 1);
      const pool = makeEnginePool(url, readSettings().databasePool);
      const result = await benchTimers(pool, {
        timers: options.timers as number,
        onProgress: (share) => bar.update(share),
      }).finally(() => pool.end());
      bar.end();
      output.result(result, [
        `${result.timers} timers of ${result.cases} cases fired in ${result.drainS} s`,
        `a user's step meanwhile: p50 ${result.userP50Ms} ms, p99 ${result.userP99Ms} ms (without timers p99 ${result.idleP99Ms} ms)`,
        `doubled ${result.doubled}, missed ${result.missed}, cases out of order ${result.disordered}`,
      ]);
      if (result.doubled + result.missed + result.disordered > 0) process.exitCode = 1;
    });
  },
};

const ballots: CommandModule = {
  usage: 'ballots',
  text: {
    zh: '投票受理：32 人同时各投一票，与手写 SQL 写同样的两行相比',
    en: 'taking single ballots, 32 at once, against the same two rows written by hand',
  },
  configure: (command) => {
    command.option('--ballots <n>', 'ballots a measurement', whole(50, 100_000), 2000);
  },
  run: async ({ options, output }) => {
    await onScratch(output, async (url) => {
      const bar = output.progress({ zh: '测量', en: 'measuring' }, 1);
      const result = await benchBallots(url, {
        ballots: options.ballots as number,
        onProgress: (share) => bar.update(share),
      });
      bar.end();
      output.result(result, [
        `floor    ${result.callers} callers ${result.floorPerS} ballots/s`,
        `one stmt ${result.callers} callers ${result.oneStatementPerS} ballots/s   ratio ${result.ratioToOneStatement}`,
        `intake   ${result.callers} callers ${result.ballotsPerS} ballots/s   ratio ${result.ratio} (at least ${LEAST})`,
      ]);
      if (!result.ok) process.exitCode = 1;
    });
  },
};

const scoring: CommandModule = {
  usage: 'scoring',
  text: {
    zh: '计分：一个市（141×57×9）和一个省（3000×100×20，六百万票）一次算完，与同样行数的普通 SQL 汇总相比',
    en: 'scoring a city (141×57×9) and a province (3000×100×20, six million ballots) in one go, against a plain SQL aggregate over the same rows',
  },
  configure: (command) => {
    command.option('--units <n>', 'units of the province', whole(1, 10_000), PROVINCE.units);
  },
  run: async ({ options, output }) => {
    await onScratch(output, async (url) => {
      const bar = output.progress({ zh: '测量', en: 'measuring' }, 1);
      const result = await benchScoring(url, {
        province: { ...PROVINCE, units: options.units as number },
        onProgress: (share) => bar.update(share),
      });
      bar.end();
      const { city, province, sqlMs, ratio, memoryMb } = result;
      output.result(result, [
        `city      ${city.ballots} ballots  ${city.ms} ms  ${city.usPerBallot} µs each`,
        `province  ${province.ballots} ballots  ${province.ms} ms  ${province.usPerBallot} µs each`,
        `a plain aggregate over the province: ${sqlMs} ms   ratio ${ratio} (at most ${MOST})`,
        `memory: ${memoryMb.before} MB before the province, ${memoryMb.peak} MB at its most`,
      ]);
      if (!result.ok) process.exitCode = 1;
    });
  },
};

/** Runs a measurement on a new database beside the real one. */
const consoleBench: CommandModule = {
  usage: 'console',
  text: {
    zh: '控制台：首次载入的脚本大小，待办页多久可用；一个人有十万项待办时的搜索和滚动（真实浏览器）',
    en: 'the console in a real browser: size of the first load, time until the inbox can be used, searching and scrolling 100 000 tasks',
  },
  configure: (command) => {
    command
      .option('--tasks <n>', 'open tasks of one person', whole(100, 1_000_000), 100_000)
      .option('--rounds <n>', 'how often each is measured; the median counts', whole(1, 100), 5);
  },
  run: async ({ options, output }) => {
    await onScratch(output, async (url) => {
      const bar = output.progress({ zh: '测量', en: 'measuring' }, 1);
      const result = await benchConsole(url, {
        tasks: options.tasks as number,
        rounds: options.rounds as number,
        onProgress: (share) => bar.update(share),
      });
      bar.end();
      output.result(result, [
        `first load   ${result.firstLoadKbGzip} kB of scripts, gzip (at most ${FIRST_LOAD_KB})`,
        `inbox        can be used after ${result.inboxInteractiveMs} ms (less than ${INTERACTIVE_MS})`,
        `${result.tasks} tasks: inbox ${result.fullInboxInteractiveMs} ms, search ${result.searchMs} ms, p95 of pictures while scrolling ${result.scrollFrameP95Ms} ms`,
      ]);
      if (!result.ok) process.exitCode = 1;
    });
  },
};

async function onScratch(output: Output, work: (url: string) => Promise<void>): Promise<void> {
  const database = await openDatabase(readSettings(), { notice: (zh, en) => output.note({ zh, en }) });
  const name = `bihuan_bench_${process.pid}`;
  try {
    const url = await createScratchDatabase(database.ownerUrl, name);
    await migrate(url);
    await work(url);
  } finally {
    await dropScratchDatabase(database.ownerUrl, name);
    await database.close();
  }
}

const bench: CommandModule = {
  usage: 'bench',
  text: { zh: '性能测量（每次都与同一次运行的基线相比）', en: 'benchmarks, each against a floor of the same run' },
  commands: [engine, audit, timers, ballots, scoring, consoleBench],
};

export default bench;
