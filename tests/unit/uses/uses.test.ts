import { describe, expect, test } from 'vitest';
import { type ResultUse, resultUsesSchema } from '../../../workflows/uses/schema.ts';
import { type Result, usesOf, type Year } from '../../../workflows/uses/uses.ts';

const name = (en: string) => ({ zh: en, en });
const results = (...given: Partial<Result>[]): Result[] =>
  given.map((each, i) => ({ id: `u${i}`, category: 'c', score: String(100 - i), rank: i + 1, grade: 'good', ...each }));
const year = (n: number, list: Result[]): Year => ({ year: n, results: list });
const of = (uses: ResultUse[], now: Year, history: Year[] = []) =>
  usesOf(uses, now, history).map(({ use, id }) => `${use} ${id}`);

describe('杭州市绩效管理条例: 不合格', () => {
  const fail = { kind: 'grade', grades: ['fail'] } as const;
  const uses = resultUsesSchema.parse([
    {
      key: 'criticised',
      name: name('criticised'),
      whom: fail,
      running: { from: 1, to: 1 },
      effect: { kind: 'criticism' },
    },
    { key: 'noAwards', name: name('no awards'), whom: fail, effect: { kind: 'noAwards', years: 2 } },
    {
      key: 'noPromotion',
      name: name('no promotion'),
      whom: fail,
      running: { from: 2, to: 2 },
      effect: { kind: 'noPromotion', years: 1 },
    },
    { key: 'transfer', name: name('transfer'), whom: fail, running: { from: 3 }, effect: { kind: 'transfer' } },
    { key: 'award', name: name('award'), whom: { kind: 'top', n: 1 }, effect: { kind: 'award' } },
  ]);
  const a = (n: number, grade: string) => year(n, results({ grade }));
  test.each([
    ['1st year: criticised, no awards', ['good', 'fail'], ['criticised', 'noAwards']],
    ['2 in a row: no promotion', ['fail', 'fail'], ['noAwards', 'noPromotion']],
    ['3 in a row: transfer', ['fail', 'fail', 'fail'], ['noAwards', 'transfer']],
    ['4 in a row: transfer', ['fail', 'fail', 'fail', 'fail'], ['noAwards', 'transfer']],
    ['a good year between: criticised', ['fail', 'good', 'fail'], ['criticised', 'noAwards']],
    ['passed again', ['fail', 'fail', 'good'], []],
  ])('%s', (_, grades, expected) => {
    const years = grades.map((grade, i) => a(2020 + i, grade));
    const [now] = years.slice(-1);
    const found = now ? usesOf(uses, now, years.slice(0, -1)).map(({ use }) => use) : [];
    expect(found.filter((use) => use !== 'award')).toEqual(expected);
  });
  test('the reason names the grade as the template does, where that is known', () => {
    const why = (one: Partial<Result>) => usesOf(uses, year(2020, results(one)), [])[0]?.because;
    expect(why({ grade: 'fail', gradeName: { zh: '不合格', en: 'failed' } })).toEqual({
      zh: '等次：不合格，连续第 1 年',
      en: 'grade failed, year 1 in a row',
    });
    expect(why({ grade: 'fail' })?.zh).toBe('等次：fail，连续第 1 年');
  });
  test('no awards this and next year: withheld, and said why; given again in the third', () => {
    const award = (now: Year, history: Year[]) => usesOf(uses, now, history).find(({ use }) => use === 'award');
    const [failed, next, third] = [a(2020, 'fail'), a(2021, 'good'), a(2022, 'good')];
    expect(award(failed, [])?.withheld?.en).toMatch(/2020/);
    expect(award(next, [failed])?.withheld?.en).toBe('no awards: "no awards" of 2020');
    expect(award(third, [failed, next])).not.toHaveProperty('withheld');
  });
  test('a year that is not known ends the run', () => {
    expect(of(uses, a(2022, 'fail'), [a(2020, 'fail')])).toContain('criticised u0');
  });
});

describe('张家港', () => {
  const uses = resultUsesSchema.parse([
    { key: 'model', name: name('标兵'), whom: { kind: 'top', n: 1 }, effect: { kind: 'honour' } },
    { key: 'rising', name: name('争先'), whom: { kind: 'climb', n: 1 }, effect: { kind: 'honour' } },
    { key: 'talk', name: name('诫勉谈话'), whom: { kind: 'bottom', n: 2 }, effect: { kind: 'talk' } },
    { key: 'none', name: name('末两位不评优'), whom: { kind: 'bottom', n: 2 }, effect: { kind: 'noAwards', years: 1 } },
    {
      key: 'organisation',
      name: name('移交组织部门'),
      whom: { kind: 'bottom', n: 2 },
      running: { from: 2 },
      effect: { kind: 'handOver', to: name('organisation department') },
    },
    { key: 'mustCheck', name: name('必查'), whom: { kind: 'items', state: 'closed' }, effect: { kind: 'mustCheck' } },
  ]);
  const ranked = (n: number, order: string[]) => year(n, results(...order.map((id) => ({ id }))));
  test('the bottom two of a category: talk, no awards; two years running: handed to the organisation department', () => {
    const before = ranked(2025, ['a', 'b', 'c', 'd', 'e']);
    const found = usesOf(uses, ranked(2026, ['a', 'b', 'd', 'c', 'e']), [before]);
    const who = (key: string) => found.filter(({ use }) => use === key).map(({ id }) => id);
    expect([who('talk'), who('none'), who('organisation')]).toEqual([['c', 'e'], ['c', 'e'], ['e']]);
    expect(found.find(({ use }) => use === 'organisation')?.because.en).toBe(
      'among the last 2 of its category, year 2 in a row',
    );
  });
  test('争先 for the biggest climb, unless it is still among the last two', () => {
    const found = usesOf(uses, ranked(2026, ['a', 'e', 'b', 'c', 'd']), [ranked(2025, ['a', 'b', 'c', 'd', 'e'])]);
    expect(found.find(({ use }) => use === 'rising')).toMatchObject({ id: 'e', because: { en: 'climbed 3 place(s)' } });
    const small = usesOf(uses, ranked(2026, ['a', 'b', 'd', 'c']), [ranked(2025, ['a', 'b', 'c', 'd'])]);
    expect(small.find(({ use }) => use === 'rising')?.withheld?.en).toMatch(/末两位/);
  });
  test('nobody climbs without last year', () => {
    expect(of(uses, ranked(2026, ['a', 'b', 'c']))).not.toContain('rising a');
  });
  test('each category has its own bottom, and units outside the ranking are in none', () => {
    const two = year(2026, [
      ...results({ id: 'a' }, { id: 'b' }, { id: 'c' }),
      ...results({ id: 'x' }, { id: 'y' }, { id: 'z', rank: null }).map((each) => ({ ...each, category: 'd' })),
    ]);
    expect(of(uses, two).filter((each) => each.startsWith('talk'))).toEqual(['talk b', 'talk c', 'talk x', 'talk y']);
  });
  test('equal ranks at the edge stand together', () => {
    const tied = year(
      2026,
      results({ id: 'a', rank: 1 }, { id: 'b', rank: 2 }, { id: 'c', rank: 2 }, { id: 'd', rank: 4 }),
    );
    expect(of(uses, tied).filter((each) => each.startsWith('talk'))).toEqual(['talk b', 'talk c', 'talk d']);
  });
  test('rectified items are next year’s must-check', () => {
    const now = year(2026, results({ items: { open: 1, closed: 2 } }, { items: { open: 1, closed: 0 } }, {}));
    expect(of(uses, now).filter((each) => each.startsWith('mustCheck'))).toEqual(['mustCheck u0']);
  });
});

test('辽宁: target not met −50 %, grade A more', () => {
  const uses = resultUsesSchema.parse([
    {
      key: 'less',
      name: name('less'),
      whom: { kind: 'target', met: false },
      effect: { kind: 'budget', percent: '-50' },
    },
    {
      key: 'more',
      name: name('more'),
      whom: { kind: 'grade', grades: ['A'] },
      effect: { kind: 'budget', percent: '10' },
    },
  ]);
  const now = year(
    2026,
    results({ targetMet: false }, { targetMet: true, grade: 'A' }, { targetMet: null }, { grade: null }),
  );
  expect(usesOf(uses, now, []).map(({ id, effect, because }) => [id, effect, because.en])).toEqual([
    ['u0', { kind: 'budget', percent: '-50' }, 'target not met'],
    ['u1', { kind: 'budget', percent: '10' }, 'grade A'],
  ]);
});

test('by score, over all categories, only of some', () => {
  const uses = resultUsesSchema.parse([
    { key: 'low', name: name('low'), whom: { kind: 'score', below: '60' }, effect: { kind: 'interview' } },
    { key: 'best', name: name('best'), whom: { kind: 'top', n: 1, of: 'all' }, effect: { kind: 'award' } },
    {
      key: 'bestOfD',
      name: name('best of d'),
      whom: { kind: 'top', n: 1, categories: ['d'] },
      effect: { kind: 'award' },
    },
  ]);
  const now = year(2026, [
    ...results({ score: '59.99' }),
    ...results({ id: 'x', category: 'd', score: '60' }, { id: 'n', category: 'd', score: null, rank: null }),
  ]);
  expect(of(uses, now)).toEqual(['low u0', 'best x', 'bestOfD x']);
});
