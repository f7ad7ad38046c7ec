import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { capAdjustments } from '../../../workflows/adjustments/caps.ts';
import { adjustmentsSchema } from '../../../workflows/adjustments/schema.ts';
import { refusedBonuses, type SpecialStanding } from '../../../workflows/adjustments/special.ts';
import { type Candidate, grade } from '../../../workflows/grades/grade.ts';
import { type GradeScheme, gradeSchemeSchema } from '../../../workflows/grades/schema.ts';
import { adjustments as hangzhou } from '../../../workflows/library/hangzhou-3plus1/results.ts';

const name = (zh: string) => ({ zh, en: zh });
const units = (...scores: (string | number)[]): Candidate[] =>
  scores.map((score, i) => ({ id: `u${i}`, category: 'all', score: String(score) }));
const gradesOf = (scheme: GradeScheme, candidates: Candidate[], decisions = {}) =>
  grade(scheme, candidates, decisions).units.map((unit) => unit.grade);

describe('published grades (rules.md, "Grades, quotas, ranks")', () => {
  const finance = gradeSchemeSchema.parse({
    grades: [
      { key: 'A', name: name('优'), atLeast: '90' },
      { key: 'B', name: name('良'), atLeast: '80' },
      { key: 'C', name: name('中'), atLeast: '60' },
      { key: 'D', name: name('差') },
    ],
  });
  test.each([
    ['90', 'A'],
    ['89.99', 'B'],
    ['80', 'B'],
    ['79.999', 'C'],
    ['60', 'C'],
    ['59.99999999999', 'D'],
    ['0', 'D'],
  ])('财政部: %s is %s', (score, expected) => {
    expect(gradesOf(finance, units(score))).toEqual([expected]);
  });

  const bengbu = gradeSchemeSchema.parse({
    grades: [
      { key: 'excellent', name: name('优秀'), atLeast: '90' },
      { key: 'good', name: name('良好'), atLeast: '80' },
      { key: 'pass', name: name('合格'), atLeast: '60' },
      { key: 'fail', name: name('不合格') },
    ],
    round: { places: 0, mode: 'floor' },
  });
  test.each([
    ['90', 'excellent'],
    ['89.9', 'good'],
    ['79', 'pass'],
    ['59', 'fail'],
  ])('蚌埠 (优秀 ≥ 90, 良好 80–89, 合格 60–79): %s is %s', (score, expected) => {
    expect(gradesOf(bengbu, units(score))).toEqual([expected]);
  });

  const servants = gradeSchemeSchema.parse({
    grades: [
      { key: 'excellent', name: name('优秀') },
      { key: 'competent', name: name('称职') },
    ],
    quotas: [
      {
        key: 'top',
        grades: ['excellent'],
        most: { share: '0.20', round: 'floor' },
        onApproval: { share: '0.25', round: 'floor' },
        ties: 'out',
      },
    ],
  });
  test('公务员: 优秀 at most 20 %, up to 25 % on approval, no further', () => {
    const twenty = units(...Array.from({ length: 20 }, (_, i) => 99 - i));
    const excellent = (raised?: string) =>
      gradesOf(servants, twenty, raised && { raised: { top: { share: raised, round: 'floor' } } }).filter(
        (key) => key === 'excellent',
      ).length;
    expect([excellent(), excellent('0.25')]).toEqual([4, 5]);
    expect(() => excellent('0.30')).toThrow(/further/);
    expect(() => excellent('-0.1')).toThrow(/between 0 and 1/);
  });

  const macau = gradeSchemeSchema.parse({
    grades: [
      { key: 'excellent', name: name('优异'), atLeast: '90' },
      { key: 'veryGood', name: name('十分满意'), atLeast: '75' },
      { key: 'good', name: name('满意'), atLeast: '50' },
      { key: 'poor', name: name('不太满意') },
    ],
    alarm: { grades: ['excellent', 'veryGood'], share: '0.85' },
  });
  test('澳门: the alarm rings where the top two grades hold 85 %', () => {
    const score = (top: number) => units(...Array.from({ length: 20 }, (_, i) => (i < top ? 80 : 60)));
    expect(grade(macau, score(16)).alarm).toBeNull();
    expect(grade(macau, score(17)).alarm).toMatchObject({ share: '0.85' });
    expect(grade(macau, score(17)).alarm?.because.en).toMatch(/17 of 20 .* 85 %/);
    expect(grade(macau, []).alarm).toBeNull();
  });
  test('a quota does not hide inflated marks from the alarm', () => {
    const capped: GradeScheme = {
      ...macau,
      quotas: [
        { key: 'topTwo', grades: ['excellent', 'veryGood'], most: { share: '0.6', round: 'floor' }, ties: 'out' },
      ],
    };
    const marks = units(...Array.from({ length: 20 }, (_, i) => 99 - i));
    const result = grade(capped, marks);
    expect(result.units.filter((each) => each.grade === 'good')).toHaveLength(8);
    expect(result.alarm).toMatchObject({ share: '1' });
  });
  test('澳门 2017 proposal: the top two grades at most 60 %, in good departments 70 %', () => {
    const proposal: GradeScheme = {
      ...macau,
      quotas: [
        {
          key: 'topTwo',
          grades: ['excellent', 'veryGood'],
          most: { share: '0.60', round: 'floor' },
          onApproval: { share: '0.70', round: 'floor' },
          ties: 'out',
        },
      ],
    };
    const ten = units(99, 98, 97, 90, 89, 88, 87, 86, 85, 84);
    const top = (decisions = {}) => gradesOf(proposal, ten, decisions).filter((key) => key !== 'good').length;
    expect([top(), top({ raised: { topTwo: { share: '0.70', round: 'floor' } } })]).toEqual([6, 7]);
  });

  test('杭州 2018: 优秀 at most 15 %, 良好 at most 20 % (so the two at most 35 %)', () => {
    const scheme = gradeSchemeSchema.parse({
      grades: ['excellent', 'good', 'fair', 'poor', 'bad'].map((key) => ({ key, name: name(key) })),
      quotas: [
        { key: 'excellent', grades: ['excellent'], most: { share: '0.15', round: 'floor' }, ties: 'out' },
        { key: 'topTwo', grades: ['excellent', 'good'], most: { share: '0.35', round: 'floor' }, ties: 'out' },
      ],
    });
    const result = gradesOf(scheme, units(...Array.from({ length: 20 }, (_, i) => 99 - i)));
    expect(['excellent', 'good', 'fair'].map((key) => result.filter((each) => each === key).length)).toEqual([
      3, 4, 13,
    ]);
  });

  describe('杭州 2018, special goals', () => {
    const scheme = adjustmentsSchema.parse(hangzhou);
    const { special } = scheme;
    if (!special) throw new Error('no special goals');
    /** Twenty units, of which so many lost points, and the bonuses of some. */
    const goal = (lost: number, ...bonuses: string[]): SpecialStanding => ({
      points: '5',
      units: 20,
      lost,
      bonuses: bonuses.map((points, i) => ({ unit: `u${i}`, points })),
    });
    test.each<[string, SpecialStanding, RegExp | null]>([
      ['a bonus where 4 of 20 lost points', goal(4, '0.5', '0.5'), null],
      ['no bonus at all', goal(0), null],
      ['exactly 15 % lost points', goal(3, '0.5'), /3 of 20.*15 %/],
      ['more than 10 % of the units', goal(4, '0.5', '0.5', '0.1'), /at most 2/],
      ['more than 10 % of the goal', goal(4, '0.51'), /at most 0\.5/],
    ])('%s', (_, given, refused) => {
      const why = refusedBonuses(special, given).map(({ en }) => en);
      if (refused === null) expect(why).toEqual([]);
      else expect(why).toEqual([expect.stringMatching(refused)]);
    });
    test('较差 costs 0.3, 差 0.5; no detail file, no bonus', () => {
      const points = (key: string) => scheme.items.find((item) => item.key === key)?.points;
      expect([points('safetyPoor'), points('safetyBad')]).toEqual(['0.3', '0.5']);
      for (const item of scheme.items) if (item.goal) expect(item.evidence).toBe('required');
    });
    test('at most 1 gained and at most 1 lost over all goals', () => {
      const entries = (kind: 'bonus' | 'deduction', item: string, n: number, points: string) =>
        Array.from({ length: n }, () => ({ kind, item, points }));
      const totals = capAdjustments(scheme, [
        ...entries('bonus', 'safetyBonus', 1, '0.5'),
        ...entries('bonus', 'reformBonus', 2, '0.5'),
        ...entries('deduction', 'safetyBad', 2, '0.5'),
        ...entries('deduction', 'reformPoor', 1, '0.3'),
      ]);
      expect(totals.groups).toMatchObject([
        { key: 'special', before: '1.5', after: '1' },
        { key: 'special', before: '1.3', after: '1' },
      ]);
      expect(totals.sum).toBe('0');
    });
  });

  test('杭州 2020: some units are scored outside the ranking and take no place in a quota', () => {
    const scheme = gradeSchemeSchema.parse({
      ...servants,
      quotas: [{ key: 'top', grades: ['excellent'], most: { count: 1 }, ties: 'out' }],
      outside: { categories: ['special'], grade: 'none' },
    });
    const candidates = [...units(90, 80), { id: 's', category: 'special', score: '99' }];
    expect(grade(scheme, candidates).units.map((unit) => [unit.id, unit.rank, unit.grade])).toEqual([
      ['u0', 1, 'excellent'],
      ['u1', 2, 'competent'],
      ['s', null, null],
    ]);
    const byScore: GradeScheme = { ...scheme, outside: { categories: ['special'], grade: 'byScore' } };
    expect(gradesOf(byScore, candidates)).toEqual(['excellent', 'competent', 'excellent']);
  });
});

describe('宁德 2017: 67 units, published with grade and order', () => {
  interface Row {
    category: string;
    grade: string;
    order: string;
    name: string;
    note: string;
  }
  const rows: Row[] = parse(readFileSync('tests/data/ningde-2017-results.csv'), { columns: true });
  const categories = [...new Set(rows.map(({ category }) => category))];
  // The quota of a category is a share of its units, half up; the fourth list names only units that were 优秀.
  const shares = ['0.4', '0.6', '0.6', '1'];
  const scheme = gradeSchemeSchema.parse({
    grades: [
      { key: 'excellent', name: { zh: '优秀', en: 'excellent' } },
      { key: 'good', name: { zh: '良好', en: 'good' } },
    ],
    quotas: categories.map((_, i) => ({
      key: `q${i}`,
      category: `c${i}`,
      grades: ['excellent'],
      most: { share: shares[i], round: 'halfUp' },
      ties: 'out',
    })),
  });
  const candidates: Candidate[] = rows.map((row, i) => ({
    id: row.name,
    category: `c${categories.indexOf(row.category)}`,
    score: String(rows.length - i),
  }));
  const downgraded = rows.filter(({ note }) => note !== '');
  const zh = new Map([
    ['excellent', '优秀'],
    ['good', '良好'],
    [null, '无'],
  ]);

  test('the published grades follow from order and quotas', () => {
    const { units: graded, quotas } = grade(scheme, candidates);
    expect(rows).toHaveLength(67);
    expect(graded.map(({ id, computed }) => [id, zh.get(computed)])).toEqual(rows.map((row) => [row.name, row.grade]));
    expect(quotas.map(({ of, most, used }) => [of, most, used])).toEqual([
      [10, 4, 4],
      [26, 16, 16],
      [21, 13, 13],
      [10, 10, 10],
    ]);
  });

  test('the unit that was downgraded by decision has both grades on record, and keeps its rank', () => {
    expect(downgraded.map((row) => row.name)).toEqual(['市政府办公室']);
    const decision = downgraded[0]?.note ?? '';
    const { units: graded } = grade(scheme, candidates, {
      exceptions: [{ id: '市政府办公室', grade: 'good', decision }],
    });
    const unit = graded.find(({ id }) => id === '市政府办公室');
    expect(unit).toMatchObject({ rank: 1, rankOf: 10, computed: 'excellent', grade: 'good' });
    expect(unit?.because.at(-1)?.zh).toBe('依决定由优秀改为良好：领导班子降低一个考评等次(优秀→良好)');
    expect(graded.filter((each) => each.computed !== each.grade)).toHaveLength(1);
  });
});
