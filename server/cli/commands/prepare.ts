import type { CommandModule } from '../command.ts';
import { prepareClient } from '../prepareClient.ts';

const prepare: CommandModule = {
  usage: 'prepare',
  text: {
    zh: '生成 Prisma 客户端（任何命令启动时都会自动检查）',
    en: 'generate the Prisma client (every command checks this at start)',
  },
  // The launcher has done it by now; asking again answers for a schema that changed in between.
  run: async ({ output }) => {
    await prepareClient();
    output.result({ prepared: true }, output.language === 'zh' ? '已就绪' : 'ready');
  },
};

export default prepare;
