import { describe, expect, test } from 'vitest';
import { unitsOf } from '../../../workflows/grades/amount.ts';
import { type Candidate, grade } from '../../../workflows/grades/grade.ts';
import { climbs, ranks } from '../../../workflows/grades/rank.ts';
import { type GradeScheme, gradeSchemeSchema, type Quota } from '../../../workflows/grades/schema.ts';

const name = (key: string) => ({ zh: key, en: key });
const scheme = (quotas: Quota[], over: Partial<GradeScheme> = {}): GradeScheme =>
  gradeSchemeSchema.parse({
    grades: [
      { key: 'A', name: name('A'), atLeast: '80' },
      { key: 'B', name: name('B'), atLeast: '60' },
      { key: 'C', name: name('C') },
    ],
    quotas,
    ...over,
  });
const units = (...scores: (number | null)[]): Candidate[] =>
  scores.map((score, i) => ({ id: `u${i}`, category: 'all', score: score === null ? null : String(score) }));
const letters = (given: GradeScheme, candidates: Candidate[]) =>
  grade(given, candidates)
    .units.map((unit) => unit.grade ?? '-')
    .join('');
const top = (n: number, ties: Quota['ties']): Quota => ({ key: 'q', grades: ['A'], most: { count: n }, ties });

describe('how many a quota is', () => {
  test.each([
    [{ share: '0.15', round: 'floor' }, 13, 1],
    [{ share: '0.15', round: 'halfUp' }, 13, 2],
    [{ share: '0.5', round: 'halfUp' }, 13, 7],
    [{ share: '0.15', round: 'ceil' }, 13, 2],
    [{ share: '0.2', round: 'ceil' }, 10, 2],
    [{ share: '0', round: 'ceil' }, 10, 0],
    [{ share: '1', round: 'floor' }, 10, 10],
    [{ count: 3 }, 2, 3],
  ] as const)('%j of %i', (amount, n, expected) => {
    expect(unitsOf(amount, n)).toBe(expected);
  });
  test('is refused below zero and above one', () => {
    expect(() => unitsOf({ share: '-0.01', round: 'floor' }, 10)).toThrow(RangeError);
    expect(() => unitsOf({ share: '1.01', round: 'floor' }, 10)).toThrow(RangeError);
    expect(() => unitsOf({ count: -1 }, 10)).toThrow(RangeError);
  });
});

describe('a quota', () => {
  test.each<[string, Quota[], (number | null)[], string]>([
    ['moves whom it has no room for to the next grade', [top(2, 'out')], [99, 95, 90, 70, 10], 'AABBC'],
    ['does not fill up with those below the bound', [top(4, 'out')], [99, 70], 'AB'],
    ['ties out: all who are equal at the edge', [top(2, 'out')], [99, 90, 90, 90], 'ABBB'],
    ['ties in: all who are equal at the edge', [top(2, 'in')], [99, 90, 90, 90], 'AAAA'],
    ['of nobody, ties in', [top(0, 'in')], [99, 99], 'BB'],
    [
      'cumulative',
      [top(1, 'out'), { key: 'two', grades: ['A', 'B'], most: { count: 2 }, ties: 'out' }],
      [99, 95, 90],
      'ABC',
    ],
    [
      'at least so many at the bottom',
      [{ key: 'q', grades: ['C'], least: { count: 2 }, ties: 'out' }],
      [99, 95, 90, 85],
      'AACC',
    ],
    ['at the bottom, ties in', [{ key: 'q', grades: ['C'], least: { count: 1 }, ties: 'in' }], [99, 85, 85], 'ACC'],
    ['at the bottom, ties out', [{ key: 'q', grades: ['C'], least: { count: 1 }, ties: 'out' }], [99, 85, 85], 'AAA'],
    [
      'at most so many at the bottom: the best of them rise',
      [{ key: 'q', grades: ['C'], most: { count: 1 }, ties: 'out' }],
      [50, 40, 30],
      'BBC',
    ],
    ['at least so many at the top', [{ key: 'q', grades: ['A'], least: { count: 1 }, ties: 'out' }], [70, 65], 'AB'],
    ['of another category', [{ ...top(0, 'out'), category: 'other' }], [99], 'A'],
    ['without scores', [top(1, 'out')], [null, 99], '-A'],
  ])('%s', (_, quotas, scores, expected) => {
    expect(letters(scheme(quotas), units(...scores))).toBe(expected);
  });

  test('a second value decides between equal scores; equal there as well: out', () => {
    const seconds = (...given: (string | null)[]) =>
      given.map((second, i) => ({ id: `u${i}`, category: 'all', score: '90', second }));
    expect(letters(scheme([top(1, 'second')]), seconds('1', '2', '1'))).toBe('BAB');
    expect(letters(scheme([top(1, 'second')]), seconds('2', '2', '1'))).toBe('BBB');
    expect(letters(scheme([top(1, 'second')]), seconds(null, '2', '1'))).toBe('BBB');
  });

  test('says how it was used and whether it was kept', () => {
    expect(grade(scheme([top(1, 'in')]), units(90, 90)).quotas).toEqual([
      { quota: 'q', category: 'all', of: 2, least: 0, most: 1, used: 2, kept: false },
    ]);
  });

  test('says in words whom it moved', () => {
    const { units: graded } = grade(scheme([top(1, 'out')]), units(99, 90));
    expect(graded[1]?.because).toEqual([
      { zh: '得分 90：A（≥ 80）', en: 'score 90: A (≥ 80)' },
      { zh: '“A”名额所限，调整为B', en: 'moved to B by the quota of "A"' },
    ]);
  });

  test('counts each category apart', () => {
    const two = [...units(99, 98), { id: 'x', category: 'other', score: '81' }];
    expect(letters(scheme([top(1, 'out')]), two)).toBe('ABA');
  });
});

describe('vetoes, exceptions, directions', () => {
  const veto = { zh: '安全生产事故', en: 'a fatal accident' };
  test('a veto is the lowest grade, or the one that is named; it takes no place from others', () => {
    const candidates = [{ id: 'v', category: 'all', score: '99', veto }, ...units(90, 85)];
    expect(letters(scheme([top(1, 'out')]), candidates)).toBe('CAB');
    expect(letters(scheme([], { veto: 'B' }), candidates)).toBe('BAA');
    expect(letters(scheme([{ key: 'q', grades: ['C'], most: { count: 0 }, ties: 'out' }]), candidates)).toBe('CAA');
  });

  test('less is better where the scheme says so', () => {
    const days: GradeScheme = {
      ...scheme([top(1, 'out')]),
      direction: 'down',
      grades: [
        { key: 'A', name: name('A'), atLeast: '3' },
        { key: 'B', name: name('B') },
      ],
    };
    expect(grade(days, units(3, 2, 4)).units.map(({ grade: g, rank }) => [g, rank])).toEqual([
      ['B', 2],
      ['A', 1],
      ['B', 3],
    ]);
  });

  test.each<[string, Parameters<typeof grade>[2], RegExp]>([
    ['an unknown unit', { exceptions: [{ id: 'x', grade: 'A', decision: 'd' }] }, /"x"/],
    ['an unknown grade', { exceptions: [{ id: 'u0', grade: 'Z', decision: 'd' }] }, /"Z"/],
    ['an unknown quota', { raised: { x: { count: 1 } } }, /"x"/],
    ['a quota that may not be raised', { raised: { q: { count: 9 } } }, /cannot be raised/],
  ])('a decision that names %s is refused', (_, decisions, message) => {
    expect(() => grade(scheme([top(1, 'out')]), units(90), decisions)).toThrow(message);
  });

  test('the order of the units changes nothing', () => {
    const candidates = units(99, 90, 90, 70, 61, 10);
    const given = scheme([top(2, 'out'), { key: 'c', grades: ['C'], least: { count: 2 }, ties: 'in' }]);
    const byId = (list: Candidate[]) =>
      Object.fromEntries(grade(given, list).units.map((unit) => [unit.id, [unit.rank, unit.grade]]));
    expect(byId([...candidates].reverse())).toEqual(byId(candidates));
  });
});

describe('ranks', () => {
  test('equal values share the better rank, the next one is left out', () => {
    expect(ranks(['90', '80.0', '80', '70', null], 'up')).toEqual([1, 2, 2, 4, null]);
    expect(ranks(['90', '80', '80'], 'down')).toEqual([3, 1, 1]);
    expect(ranks([], 'up')).toEqual([]);
  });
  test('the biggest climb against last year', () => {
    const now = [
      { id: 'a', rank: 1 },
      { id: 'b', rank: 2 },
      { id: 'c', rank: 3 },
      { id: 'd', rank: null },
      { id: 'e', rank: 4 },
    ];
    const before = [
      { id: 'a', rank: 2 },
      { id: 'b', rank: 9 },
      { id: 'c', rank: 1 },
      { id: 'd', rank: 5 },
    ];
    expect(climbs(now, before)).toEqual([
      { id: 'b', places: 7 },
      { id: 'a', places: 1 },
      { id: 'c', places: -2 },
    ]);
  });
});
