import { expect, inject, test } from 'vitest';
import { simulateChaos } from '../../../server/simulate/chaos/index.ts';
import { printChaos } from '../../../server/simulate/chaos/print.ts';
import { unleash } from '../../../server/simulate/chaos/unleash.ts';
import { library } from '../../../workflows/library/index.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { blocksOf, type CycleTemplate } from '../../../workflows/template/schema.ts';

const template = library['zjg-departments'] as CycleTemplate;
const run = (seed: number, cases: number) =>
  simulateChaos({ settings: { databaseUrl: inject('clusterUrl'), data: '' }, template, year: 2026, seed, cases });

test('whatever people do, every case closes or waits for somebody with a name, and the same seed does the same', {
  timeout: 240_000,
}, async () => {
  const { seconds: _, ...first } = await run(7, 6);
  expect(first.found).toEqual([]);
  expect(first).toMatchObject({ cases: 6, violations: 0, cycles: 1, vacant: 0 });
  expect(first.closed + first.waiting).toBe(6);
  expect(first.timersFired).toBeGreaterThan(50);
  expect(first.checkpoints).toBeGreaterThan(12);
  for (const action of ['approve', 'submit', 'return', 'transfer', 'delegate', 'jump', 'suspend', 'resume'])
    expect(first.done[action], action).toBeGreaterThan(0);
  for (const id of ['task.closed', 'task.notYours', 'revision.stale', 'event.refused', 'approver.there'])
    expect(first.refused[id], id).toBeGreaterThan(0);
  const { seconds: __, ...again } = await run(7, 6);
  expect(again).toEqual(first);
  for (const language of ['zh', 'en'] as const)
    expect(printChaos({ ...first, seconds: 1 }, language).join('\n')).not.toMatch(/undefined|NaN|\[object/);
});

test('the template with everything switched on is green, and every approval mode is in it', () => {
  const wild = unleash(template);
  expect(lintTemplate(wild).filter(({ severity }) => severity === 'error')).toEqual([]);
  const blocks = [...blocksOf(wild)].map(({ block }) => block);
  const modes = blocks.flatMap((block) => (block.type === 'approval' ? [block.mode] : []));
  expect([...new Set(modes)].sort()).toEqual(['all', 'any', 'sequential', 'vote']);
  expect(blocks.some((block) => block.type === 'approval' && block.afterReturn === 'back')).toBe(true);
  expect(JSON.stringify(template)).not.toContain('addBefore');
});
