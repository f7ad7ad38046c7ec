import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gather, type Part } from '../../../workflows/ballots/stats.ts';

const part = (more: Partial<Part>): Part => ({
  item: 'overall',
  layer: null,
  option: null,
  valid: true,
  rows: 1,
  n: 1,
  sum: '80',
  min: '80',
  max: '80',
  ...more,
});

test('layers and options are counted apart and together', () => {
  const options = [
    part({ layer: 'citizen', option: 'good', rows: 3, n: 3, sum: '300', min: '100', max: '100' }),
    part({ layer: 'citizen', option: 'bad', rows: 2, n: 2, sum: '80', min: '40', max: '40' }),
    part({ layer: 'delegate', option: 'good', rows: 1, n: 1, sum: '100', min: '100', max: '100' }),
    part({ layer: 'delegate', rows: 2, n: 0, sum: null, min: null, max: null }),
  ];
  expect(gather(options)).toEqual({
    cast: 8,
    valid: 8,
    items: {
      overall: {
        n: 6,
        sum: '480',
        min: '40',
        max: '100',
        counts: { good: 4, bad: 2 },
        layers: {
          citizen: { n: 5, sum: '380', min: '40', max: '100', counts: { good: 3, bad: 2 } },
          delegate: { n: 1, sum: '100', min: '100', max: '100', counts: { good: 1 } },
        },
      },
    },
  });
});

test('spoilt sheets are left out and counted; abstentions are cast and say nothing; the minimum of votes hides', () => {
  const parts = [
    part({ rows: 4, n: 3, sum: '240' }),
    part({ valid: false, rows: 2, n: 2, sum: '10', min: '5', max: '5' }),
  ];
  expect(gather(parts)).toEqual({ cast: 6, valid: 4, items: { overall: { n: 3, sum: '240', min: '80', max: '80' } } });
  expect(gather(parts, [], 5)).toEqual({ cast: 6, valid: 4, items: {} });
});

test('places are kept in order, for the whole and in their layer', () => {
  const parts = [part({ layer: 'deputies' }), part({ layer: 'leaders' })];
  const places = [
    { item: 'overall', layer: 'leaders', places: [10, 2] },
    { item: 'overall', layer: 'deputies', places: [3] },
    { item: 'nobody', layer: null, places: [1] },
  ];
  const { overall } = gather(parts, places).items;
  expect([overall?.ranks, overall?.layers?.leaders?.ranks, overall?.layers?.deputies?.ranks]).toEqual([
    ['2', '3', '10'],
    ['2', '10'],
    ['3'],
  ]);
});

test('the order of the parts changes nothing', () => {
  const one = fc.record({
    item: fc.constantFrom('a', 'b'),
    layer: fc.constantFrom(null, 'x', 'y'),
    option: fc.constantFrom(null, 'o', 'p'),
    valid: fc.boolean(),
    value: fc.integer({ min: -100, max: 100 }),
    n: fc.integer({ min: 0, max: 9 }),
  });
  const parts = fc.array(one, { maxLength: 20 }).map((rows) =>
    rows.map(({ value, n, ...row }) =>
      part({
        ...row,
        n,
        rows: n + 1,
        sum: n ? `${value * n}` : null,
        min: n ? `${value}` : null,
        max: n ? `${value}` : null,
      }),
    ),
  );
  fc.assert(
    fc.property(
      parts.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
      ([given, shuffled]) => {
        expect(gather(shuffled)).toEqual(gather(given));
      },
    ),
  );
});
