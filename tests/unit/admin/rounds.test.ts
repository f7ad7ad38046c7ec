import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanOf } from '../../../admin/src/rounds/mean.ts';

test('the mean of a round is exact to two places, half up, on either side of zero', () => {
  expect([meanOf('497', 5), meanOf('1605', 17), meanOf('0.005', 1), meanOf('-0.005', 1), meanOf('-0.001', 1)]).toEqual([
    '99.40',
    '94.41',
    '0.01',
    '-0.01',
    '0.00',
  ]);
});

test('it lies within half a hundredth of the sum over the count', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000_000, max: 10_000_000 }),
      fc.integer({ min: 1, max: 5000 }),
      (tenths, count) => {
        const sum = `${tenths < 0 ? '-' : ''}${Math.trunc(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10}`;
        const mean = meanOf(sum, count);
        expect(mean).toMatch(/^-?\d+\.\d{2}$/);
        // In whole numbers: hundredths of the mean, tenths of the sum.
        const hundredths = BigInt(mean.replace('.', ''));
        const off = hundredths * BigInt(count) - BigInt(tenths) * 10n;
        expect((off < 0n ? -off : off) * 2n <= BigInt(count)).toBe(true);
      },
    ),
  );
});
