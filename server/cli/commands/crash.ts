import type { CommandModule } from '../command.ts';
import { whole } from '../options.ts';

const crashCommand: CommandModule = {
  usage: 'crash',
  text: {
    zh: '在负载下随机杀死服务、后台与数据库（kill -9），再清点丢失与重复',
    en: 'kill server, worker and PostgreSQL at random under load (kill -9), then count what is lost or doubled',
  },
  configure: (command) =>
    command
      .option('--kills <n>', '次数 / how many kills', whole(1, 100_000), 200)
      .option('--seed <n>', '随机种子 / chooses where it hits', whole(0, 2 ** 32), 1)
      .addHelpText('after', '\n  bihuan crash --kills 200 --json'),
  run: async ({ options, output }) => {
    const { crash } = await import('../../crash/index.ts');
    const kills = options.kills as number;
    const seed = options.seed as number;
    output.note({ zh: `随机种子 ${seed}`, en: `seed ${seed}` });
    const bar = output.progress({ zh: '破坏', en: 'killing' }, kills);
    const result = await crash({
      kills,
      seed,
      onProgress: (done, acknowledged) => bar.update(done, `${acknowledged} ack`),
    });
    bar.end();
    const { lost, doubled, timersLost, timersDoubled, jobsLost, verified, wrong } = result;
    output.result(result, [
      `kills ${result.kills} (${Object.entries(result.faults)
        .map(([fault, n]) => `${fault} ${n}`)
        .join(', ')}), acknowledged ${result.acknowledged}, ${result.seconds} s`,
      `lost ${lost}, doubled ${doubled}, timers lost ${timersLost}, jobs lost ${jobsLost}, verified ${verified}`,
    ]);
    if (lost + doubled + timersLost + timersDoubled + jobsLost + wrong.length > 0 || !verified) process.exitCode = 1;
  },
};

export default crashCommand;
