import type { NodeRole } from '../../crash/child.ts';
import { CONTROLS, type Control } from '../../crash/controls.ts';
import type { CommandModule } from '../command.ts';

const crashNode: CommandModule = {
  usage: 'crash-node',
  hidden: true,
  text: { zh: '破坏测试中的一个节点', en: 'a node of a crash run' },
  configure: (command) =>
    command
      .addArgument(command.createArgument('<role>').choices(['server', 'worker']))
      .addArgument(command.createArgument('[control]').choices(CONTROLS)),
  run: async ({ args: [role, control] }) => {
    const { runCrashNode } = await import('../../crash/child.ts');
    await runCrashNode(role as NodeRole, control as Control | undefined);
  },
};

export default crashNode;
