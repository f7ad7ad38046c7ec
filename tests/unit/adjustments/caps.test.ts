import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AdjustmentEntry, capAdjustments } from '../../../workflows/adjustments/caps.ts';
import type { AdjustmentScheme } from '../../../workflows/adjustments/schema.ts';
import { Exact } from '../../../workflows/scoring/exact.ts';
import { named } from '../../support/blocks.ts';

const scheme: AdjustmentScheme = {
  items: [
    { key: 'award', kind: 'bonus', name: named('award'), group: 'honour', cap: '2' },
    { key: 'pilot', kind: 'bonus', name: named('pilot'), group: 'honour', cap: '3' },
    { key: 'media', kind: 'bonus', name: named('media'), cap: '1' },
    { key: 'late', kind: 'deduction', name: named('late'), group: 'honour' },
    { key: 'breach', kind: 'deduction', name: named('breach'), cap: '4' },
    { key: 'accident', kind: 'veto', name: named('accident') },
  ],
  groups: { honour: { name: named('honour'), caps: { bonus: '4', deduction: '1.5' } } },
  caps: { bonus: '4.5', deduction: '5' },
};
const entry = (kind: AdjustmentEntry['kind'], item: string, points: string): AdjustmentEntry => ({
  kind,
  item,
  points,
});

describe('nested caps', () => {
  test('item, then group, then year', () => {
    const totals = capAdjustments(scheme, [
      entry('bonus', 'award', '1.5'),
      entry('bonus', 'award', '1.5'),
      entry('bonus', 'pilot', '2.5'),
      entry('bonus', 'media', '0.8'),
      entry('deduction', 'late', '0.5'),
      entry('deduction', 'late', '0.5'),
      entry('deduction', 'breach', '9'),
      entry('veto', 'accident', '0'),
    ]);
    expect(totals).toEqual({
      items: [
        { kind: 'bonus', key: 'award', before: '3', after: '2', cap: '2' },
        { kind: 'bonus', key: 'media', before: '0.8', after: '0.8', cap: '1' },
        { kind: 'bonus', key: 'pilot', before: '2.5', after: '2.5', cap: '3' },
        { kind: 'deduction', key: 'breach', before: '9', after: '4', cap: '4' },
        { kind: 'deduction', key: 'late', before: '1', after: '1', cap: null },
      ],
      groups: [
        { kind: 'bonus', key: 'honour', before: '4.5', after: '4', cap: '4' },
        { kind: 'deduction', key: 'honour', before: '1', after: '1', cap: '1.5' },
      ],
      year: [
        { kind: 'bonus', key: 'year', before: '4.8', after: '4.5', cap: '4.5' },
        { kind: 'deduction', key: 'year', before: '5', after: '5', cap: '5' },
      ],
      sum: '-0.5',
      vetoes: ['accident'],
    });
  });
  test('without a scheme nothing is capped, and tenths add up exactly', () => {
    const totals = capAdjustments(undefined, [entry('bonus', 'x', '0.1'), entry('bonus', 'x', '0.2')]);
    expect([totals.sum, totals.year[0].before]).toEqual(['0.3', '0.3']);
  });

  const points = fc.integer({ min: 0, max: 2000 }).map((n) => new Exact(n).div(100).toFixed());
  const entries = fc.array(
    fc.record({ item: fc.constantFrom(...scheme.items.map(({ key }) => key)), points }).map(
      ({ item, points: given }): AdjustmentEntry => ({
        kind: scheme.items.find(({ key }) => key === item)?.kind ?? 'bonus',
        item,
        points: given,
      }),
    ),
    { maxLength: 30 },
  );
  test('no cap is ever exceeded, nothing grows by a cap, and the order of entries changes nothing', () => {
    fc.assert(
      fc.property(entries, fc.func(fc.integer()), (list, order) => {
        const totals = capAdjustments(scheme, list);
        for (const { before, after, cap } of [...totals.items, ...totals.groups, ...totals.year]) {
          expect(new Exact(after).lte(before)).toBe(true);
          if (cap !== null) expect(new Exact(after).lte(cap)).toBe(true);
        }
        const shuffled = list.map((one, i) => ({ one, at: order(i) })).toSorted((a, b) => a.at - b.at);
        expect(
          capAdjustments(
            scheme,
            shuffled.map(({ one }) => one),
          ),
        ).toEqual(totals);
      }),
      { numRuns: 300 },
    );
  });
  test('one more bonus never lowers the sum, one more deduction never raises it', () => {
    fc.assert(
      fc.property(entries, points, (list, more) => {
        const sum = (all: AdjustmentEntry[]) => new Exact(capAdjustments(scheme, all).sum);
        expect(sum([...list, entry('bonus', 'pilot', more)]).gte(sum(list))).toBe(true);
        expect(sum([...list, entry('deduction', 'late', more)]).lte(sum(list))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
