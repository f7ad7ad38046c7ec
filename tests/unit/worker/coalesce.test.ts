import { expect, test } from 'vitest';
import { coalesce, coalesceBy } from '../../../server/worker/coalesce.ts';

/** Work whose every run is let go by hand. */
const gated = () => {
  const open: (() => void)[] = [];
  let most = 0;
  let running = 0;
  let runs = 0;
  const work = async () => {
    runs += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => open.push(resolve));
    running -= 1;
    return runs;
  };
  const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
  const release = () => {
    open.shift()?.();
    return tick();
  };
  return { work, release, counts: () => ({ runs, most }) };
};

test('whoever asks during a run shares the next one, which begins after the question', async () => {
  const { work, release, counts } = gated();
  const ask = coalesce(work);
  const first = ask();
  const later = [ask(), ask(), ask()];
  await release();
  expect(await first).toBe(1);
  await release();
  expect(await Promise.all(later)).toEqual([2, 2, 2]);
  expect(counts()).toEqual({ runs: 2, most: 1 });
});

test('a run that fails fails for those who share it, and not for the next', async () => {
  let runs = 0;
  const ask = coalesce(async () => {
    runs += 1;
    if (runs === 1) throw new Error('once');
    return runs;
  });
  const [first, second] = await Promise.allSettled([ask(), ask()]);
  expect(first).toMatchObject({ status: 'rejected' });
  expect(second).toEqual({ status: 'fulfilled', value: 2 });
});

test('different keys run side by side', async () => {
  const { work, release, counts } = gated();
  const ask = coalesceBy(() => work());
  const all = Promise.all([ask('a'), ask('b')]);
  await release();
  await release();
  await all;
  expect(counts()).toEqual({ runs: 2, most: 2 });
});
