import type { Command } from 'commander';
import type { Text } from '../../workflows/text.ts';
import type { Output } from './output.ts';

/** One command of `bihuan`. Its file is loaded only when it is called, or for the list of all commands. */
export interface CommandModule {
  /** The words after `bihuan`, with arguments: `migrate`, `simulate <template>`, `bench [what]`. */
  usage: string;
  text: Text;
  /** True: not in the list of commands. */
  hidden?: boolean;
  /** Adds options and examples; `--json` is there already. */
  configure?: (command: Command) => void;
  /** Sub-commands, e.g. `template lint <file>`; a module with these needs no `run`. */
  commands?: CommandModule[];
  /** Does the work. Throw to fail (exit code 1, `{error}` with --json); call `output.result` once to succeed. */
  run?: (call: CommandCall) => Promise<void>;
}

export interface CommandCall {
  args: string[];
  options: Record<string, unknown>;
  output: Output;
}
