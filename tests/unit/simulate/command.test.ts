import { expect, test } from 'vitest';
import simulateCommand from '../../../server/cli/commands/simulate.ts';
import type { Output } from '../../../server/cli/output.ts';

test('more departments than the city has are refused, where nothing else is made of them', async () => {
  const options = { actors: 'office', cases: 132, year: 2026, seed: 1 };
  const run = simulateCommand.run?.({ args: ['zjg-departments'], options, output: {} as Output });
  await expect(run).rejects.toMatchObject({ id: 'input.invalid', errors: [{ path: '--cases' }] });
});

test('one template or all of them, and nothing that does not go with all', async () => {
  const run = (args: string[], options: object) =>
    simulateCommand.run?.({
      args,
      options: { actors: 'office', year: 2026, seed: 1, ...options },
      output: {} as Output,
    });
  await expect(run([], {})).rejects.toMatchObject({ id: 'input.invalid', errors: [{ path: 'template' }] });
  await expect(run(['nyc-mmr'], { all: true })).rejects.toMatchObject({ errors: [{ path: 'template' }] });
  await expect(run([], { all: true, keep: true })).rejects.toMatchObject({ errors: [{ path: '--keep' }] });
  await expect(run([], { all: true, actors: 'chaotic' })).rejects.toMatchObject({ errors: [{ path: '--actors' }] });
});
