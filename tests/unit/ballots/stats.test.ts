import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countingOf } from '../../../workflows/ballots/groups.ts';
import type { AssessorGroup } from '../../../workflows/ballots/schema.ts';
import { gather, type Part } from '../../../workflows/ballots/stats.ts';
import { named } from '../../support/blocks.ts';

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
  // Four sheets are valid, and three of them say something.
  expect(gather(parts, [], { minVotes: 4 })).toEqual({ cast: 6, valid: 4, items: {} });
  expect(gather(parts, [], { minVotes: 3 }).items).toHaveProperty('overall');
});

test('one vote among abstentions is not told, and what is enough of one item says nothing of another', () => {
  const parts = [part({ n: 1, rows: 1 }), part({ n: 0, rows: 2, sum: null, min: null, max: null })];
  expect(gather(parts, [], { minVotes: 3 })).toEqual({ cast: 3, valid: 3, items: {} });
  const two = [part({ item: 'a', rows: 3, n: 3 }), part({ item: 'b', rows: 3, n: 2 })];
  expect(Object.keys(gather(two, [], { minVotes: 3 }).items)).toEqual(['a']);
});

test('layers without weights are told apart only where each has enough: the rest would tell the one that has not', () => {
  const parts = [part({ layer: 'chief' }), part({ layer: 'deputy', rows: 4, n: 4, sum: '300', min: '60', max: '90' })];
  expect(gather(parts, [], { minVotes: 3 }).items.overall).toEqual({ n: 5, sum: '380', min: '60', max: '90' });
  expect(Object.keys(gather(parts, [], { minVotes: 1 }).items.overall?.layers ?? {})).toEqual(['chief', 'deputy']);
});

test('a layer with a weight that has too few is not counted; the others come with their weights', () => {
  const parts = [
    part({ layer: 'chief' }),
    part({ layer: 'deputy', rows: 4, n: 4, sum: '300', min: '60', max: '90' }),
    part({ layer: 'citizen', rows: 3, n: 3, sum: '210', min: '70', max: '70' }),
  ];
  const layers = ['chief', 'deputy', 'citizen'].map((key, i) => ({ key, name: named(key), weight: `${i + 1}` }));
  const places = [
    { item: 'overall', layer: 'chief', places: [1] },
    { item: 'overall', layer: 'citizen', places: [2] },
  ];
  expect(gather(parts, places, { minVotes: 3, layers }).items.overall).toEqual({
    n: 7,
    sum: '510',
    min: '60',
    max: '90',
    ranks: ['2'],
    layers: {
      deputy: { n: 4, sum: '300', min: '60', max: '90', weight: '2', name: named('deputy') },
      citizen: { n: 3, sum: '210', min: '70', max: '70', ranks: ['2'], weight: '3', name: named('citizen') },
    },
  });
});

test('three votes are the least unless a group says otherwise; of oneself one is enough; weights may differ by category', () => {
  const group: AssessorGroup = {
    key: 'g',
    name: named('g'),
    kind: 'peer',
    scale: { min: '0', max: '9' },
    layers: [{ key: 'a', name: named('a'), weight: { x: '0.7', y: '0.2' } }],
  };
  expect(countingOf(group, 'x')).toEqual({ minVotes: 3, layers: [{ key: 'a', name: named('a'), weight: '0.7' }] });
  expect(countingOf({ ...group, minVotes: 2 }, 'z')).toEqual({ minVotes: 2, layers: [] });
  expect(countingOf({ ...group, kind: 'self' }, 'y').minVotes).toBe(1);
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
