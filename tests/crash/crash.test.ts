import { expect, test } from 'vitest';
import { crash } from '../../server/crash/index.ts';

// Longer runs: `bihuan crash --kills 200`.
test('nothing is lost or done twice, whatever is killed', async () => {
  const result = await crash({ kills: 12, seed: 1 });
  expect(result).toMatchObject({
    kills: 12,
    lost: 0,
    doubled: 0,
    timersLost: 0,
    timersDoubled: 0,
    jobsLost: 0,
    wrong: [],
    verified: true,
  });
  expect(result.acknowledged).toBeGreaterThanOrEqual(12 * 8);
});

test('a server that answers before the commit is caught', async () => {
  const { lost } = await crash({ kills: 5, seed: 2, faults: ['server'], control: 'ackFirst', settleMs: 5_000 });
  expect(lost).toBeGreaterThan(0);
});

test('a server that ignores idempotency keys is caught', async () => {
  const { wrong, doubled } = await crash({ kills: 2, seed: 3, faults: ['server'], control: 'noKeys', settleMs: 5_000 });
  expect(wrong.length + doubled).toBeGreaterThan(0);
});

test('a database that confirms before its disk has it is caught', async () => {
  const { lost, wrong } = await crash({
    kills: 4,
    seed: 4,
    faults: ['postmaster'],
    control: 'async',
    settleMs: 5_000,
  });
  expect(lost + wrong.length).toBeGreaterThan(0);
});

test('work that a dead worker held and nobody frees is caught', async () => {
  const { timersLost, jobsLost } = await crash({
    kills: 5,
    seed: 5,
    faults: ['worker'],
    control: 'noReaper',
    settleMs: 10_000,
  });
  expect(timersLost + jobsLost).toBeGreaterThan(0);
});
