import type { CommandModule } from '../command.ts';

const trial: CommandModule = {
  usage: 'trial',
  hidden: true,
  text: { zh: '试运行一个模板（供服务器调用）', en: 'tries a template out, for the server' },
  run: async () => {
    const { runTrialChild } = await import('../../trials/child.ts');
    await runTrialChild();
  },
};

export default trial;
