import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../workflows/json.ts';
import { checkExplanation } from '../../workflows/scoring/check.ts';
import type { Stats } from '../../workflows/scoring/data.ts';
import { evaluateRule } from '../../workflows/scoring/evaluate.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import { type Rule, ruleSchema } from '../../workflows/scoring/rule.ts';
import { type Fraction, fraction, less, minus, over, plus, read, round, times } from '../support/fraction.ts';
import { indicator, score, scoreData } from '../support/scoreData.ts';

const RUNS = { numRuns: 200 };
const text = (n: number, places: number): string => new Exact(n).div(10 ** places).toFixed();
const decimal = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 4 }))
  .map(([n, p]) => text(n, p));
const points = fc.integer({ min: 0, max: 10_000 }).map((n) => text(n, 2));
const mode = fc.constantFrom('halfUp', 'halfEven', 'ceil', 'floor');
const at = (value: string | null): InstanceType<typeof Exact> => new Exact(value ?? Number.NaN);

describe('against fractions of whole numbers', () => {
  interface Both {
    rule: Rule;
    /** null: does not apply; undefined: a division by zero. */
    value: Fraction | null | undefined;
  }
  const each = (parts: readonly Both[], by: (values: Fraction[]) => Fraction | null | undefined): Both['value'] => {
    if (parts.some((one) => one.value === undefined)) return undefined;
    return by(parts.flatMap((one) => (one.value ? [one.value] : [])));
  };
  const ofAll = (parts: readonly Both[], by: (values: Fraction[]) => Fraction | null | undefined): Both['value'] =>
    each(parts, (values) => (values.length < parts.length ? null : by(values)));
  const sumOf = (values: Fraction[]) => values.reduce(plus, fraction(0n));
  const rules = (parts: readonly Both[]) => parts.map((one) => one.rule);

  const { any } = fc.letrec<{ any: Both }>((tie) => {
    const list = fc.array(tie('any'), { minLength: 1, maxLength: 4 });
    const pair = fc.tuple(tie('any'), tie('any'));
    return {
      any: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'rule' },
        decimal.map((value): Both => ({ rule: value, value: read(value) })),
        fc.constant<Both>({ rule: 'values.none', value: null }),
        list.map(
          (of): Both => ({
            rule: { kind: 'sum', of: rules(of) },
            value: each(of, (all) => (all.length ? sumOf(all) : null)),
          }),
        ),
        list.map(
          (of): Both => ({
            rule: { kind: 'mean', of: rules(of) },
            value: each(of, (all) => (all.length ? over(sumOf(all), fraction(BigInt(all.length))) : null)),
          }),
        ),
        list.map(
          (of): Both => ({
            rule: { kind: 'product', of: rules(of) },
            value: ofAll(of, (all) => all.reduce(times, fraction(1n))),
          }),
        ),
        list.map(
          (of): Both => ({
            rule: { kind: 'max', of: rules(of) },
            value: each(of, (all) => (all.length ? all.reduce((a, b) => (less(a, b) ? b : a)) : null)),
          }),
        ),
        pair.map(
          ([a, b]): Both => ({
            rule: { kind: 'ratio', of: a.rule, to: b.rule },
            value: ofAll([a, b], ([x, y]) => (x && y ? (y.n === 0n ? undefined : over(x, y)) : null)),
          }),
        ),
        pair.map(
          ([a, b]): Both => ({
            rule: { kind: 'minus', from: a.rule, of: [b.rule] },
            value: each([a, b], () => (a.value ? (b.value ? minus(a.value, b.value) : a.value) : null)),
          }),
        ),
        fc
          .tuple(list, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 4, maxLength: 4 }))
          .map(([of, weights]): Both => {
            const weighed = of.map((one, i) => ({ ...one, weight: weights[i] ?? 1 }));
            return {
              rule: {
                kind: 'composite',
                total: 'any',
                of: weighed.map(({ rule, weight }) => ({ weight: String(weight), rule })),
              },
              value: each(of, () => {
                const applying = weighed.flatMap(({ value, weight }) =>
                  value ? [{ value, w: fraction(BigInt(weight)) }] : [],
                );
                if (applying.length === 0) return null;
                return over(sumOf(applying.map(({ value, w }) => times(value, w))), sumOf(applying.map(({ w }) => w)));
              }),
            };
          }),
        fc.tuple(tie('any'), fc.integer({ min: 0, max: 4 }), mode).map(
          ([of, places, how]): Both => ({
            rule: { kind: 'round', of: of.rule, places, mode: how },
            value: of.value && read(round(of.value, places, how)),
          }),
        ),
      ),
    };
  });

  it('every arithmetic kind comes to the same, rounded in the end, and its explanation computes again', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 6 }), mode, ({ rule, value }, places, how) => {
        expect(ruleSchema.safeParse(rule).success).toBe(true);
        const whole: Rule = { kind: 'round', of: rule, places, mode: how };
        if (value === undefined) {
          expect(() => score(whole)).toThrow('Division by zero');
          return;
        }
        const found = evaluateRule(whole, scoreData());
        expect(found.value).toBe(value && round(value, places, how).replace(/^-(?=[0.]+$)/, ''));
        expect(checkExplanation(found.explanation)).toEqual([]);
        expect(evaluateRule(whole, scoreData())).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });
});

describe('every kind explains itself', () => {
  const small = fc.integer({ min: 0, max: 60 }).map(String);
  const stats = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 9 }).map(
    (all): Stats => ({
      n: all.length,
      sum: String(all.reduce((sum, one) => sum + one, 0)),
      min: String(Math.min(...all)),
      max: String(Math.max(...all)),
      counts: { a: all.length, b: all[0] ?? 0 },
    }),
  );
  const data = fc
    .record({ flat: stats, first: stats, second: stats, x: decimal, rank: fc.integer({ min: 1, max: 9 }) })
    .map(({ flat, first, second, x, rank }) =>
      scoreData({
        values: { x, rank, yes: true, no: false, target: '50' },
        ballots: {
          flat: { cast: flat.n, valid: flat.n, items: { overall: flat } },
          layered: {
            cast: 9,
            valid: 9,
            items: {
              overall: { ...flat, layers: { p: { ...first, weight: '30' }, q: { ...second, weight: '70' } } },
            },
          },
        },
      }),
    );
  const direction = fc.constantFrom('up' as const, 'down' as const);
  const condition = fc.oneof(
    fc.constantFrom('values.yes', 'values.no'),
    fc.constantFrom('[0,30)', '[10,)', '(,5]').map((inside) => ({ value: 'values.x', in: inside })),
  );
  const reason = { zh: '否决', en: 'veto' };
  const { any } = fc.letrec<{ any: Rule }>((tie) => {
    const pair = fc.tuple(tie('any'), tie('any'));
    return {
      any: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'kinds' },
        fc.constantFrom<Rule>('values.x', 'values.none', '12.5', { kind: 'const', value: '7' }),
        fc.constantFrom<Rule>(
          { kind: 'input', path: 'values.none', default: '3' },
          { kind: 'feel', formula: 'if values.yes then 1.5 else 2' },
          { kind: 'votes', of: 'ballots.flat.overall', points: { a: '100', b: '40' } },
          { kind: 'ledger', of: 'bonus' },
        ),
        fc.tuple(fc.constantFrom('flat', 'layered'), fc.constantFrom(undefined, 2, 5)).map(
          ([of, trimAbove]): Rule => ({
            kind: 'raters',
            of: `ballots.${of}.overall`,
            ...(trimAbove !== undefined && { trimAbove }),
          }),
        ),
        pair.map(([a, b]): Rule => ({ kind: 'mean', of: [a, b] })),
        pair.map(([a, b]): Rule => ({ kind: 'min', of: [a, b, { kind: 'max', of: [a, '9'] }] })),
        pair.map(
          ([a, b]): Rule => ({
            kind: 'bands',
            of: a,
            bands: [
              { in: '(,10)', gives: b },
              { in: '[10,)', gives: '5' },
            ],
          }),
        ),
        tie('any').map(
          (of): Rule => ({ kind: 'efficacy', of, low: '3', high: '70', weight: '20', k0: '0.6', k1: '0.7' }),
        ),
        fc.tuple(tie('any'), fc.constantFrom('exact' as const, 'full' as const, 'begun' as const)).map(
          ([of, counted]): Rule => ({
            kind: 'perUnit',
            base: '9',
            of,
            limit: '7',
            side: 'over',
            points: '-0.3',
            unit: '3',
            counted,
            floor: '0',
          }),
        ),
        pair.map(([of, rate]): Rule => ({ kind: 'slices', of, slices: [{ width: '7', rate }, { rate: '0.3' }] })),
        pair.map(([base, step]): Rule => ({ kind: 'rank', of: 'values.rank', base, step, in: 'percent' })),
        tie('any').map((of): Rule => ({ kind: 'clamp', of, floor: '1', cap: '80' })),
        fc
          .tuple(tie('any'), direction)
          .map(([of, direction]): Rule => ({ kind: 'met', of, target: '50', direction, full: '5' })),
        fc
          .tuple(tie('any'), direction)
          .map(([of, direction]): Rule => ({ kind: 'attainment', of, target: '70', direction })),
        fc
          .tuple(pair, condition)
          .map(([[gives, other], held]): Rule => ({ kind: 'choose', when: [{ if: held, gives }], else: other })),
        fc.tuple(tie('any'), condition, fc.boolean()).map(
          ([of, held, fixed]): Rule => ({
            kind: 'veto',
            if: held,
            reason,
            grade: 'lowest',
            of,
            ...(fixed && { score: '0' }),
          }),
        ),
        pair.map(
          ([a, b]): Rule => ({
            kind: 'let',
            let: { third: { kind: 'ratio', of: a, to: '3' } },
            in: { kind: 'sum', of: ['let.third', 'let.third', 'let.third', b] },
          }),
        ),
        fc.tuple(pair, small).map(
          ([[a, b], weight]): Rule => ({
            kind: 'composite',
            total: 'any',
            of: [
              { weight: '40', rule: a },
              { weight, rule: b },
            ],
          }),
        ),
      ),
    };
  });

  it('whatever the rule and the data, the explanation computes again to the score, and a changed line is found', () => {
    fc.assert(
      fc.property(any, data, (rule, given) => {
        expect(ruleSchema.safeParse(rule).success).toBe(true);
        const { value, explanation } = evaluateRule(rule, given);
        expect(explanation.value).toBe(value);
        expect(checkExplanation(explanation)).toEqual([]);
        if (value === null || typeof rule === 'string') return;
        const told = { ...explanation, value: new Exact(value).plus(1).toFixed() };
        expect(checkExplanation(told)).toMatchObject([{ path: '' }]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('permuting changes nothing', () => {
  const permuted = <T>(items: fc.Arbitrary<T[]>) =>
    items.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

  it('raters', () => {
    fc.assert(
      fc.property(
        permuted(fc.array(points, { maxLength: 12 })),
        fc.integer({ min: 2, max: 8 }),
        ([a, b], trimAbove) => {
          const rule: Rule = { kind: 'raters', of: 'values.scores', trimAbove };
          expect(score(rule, { scores: a })).toBe(score(rule, { scores: b }));
        },
      ),
      RUNS,
    );
  });

  it('a list of raters is what its ballots come to', () => {
    fc.assert(
      fc.property(fc.array(points, { minLength: 1, maxLength: 12 }), (scores) => {
        const stats: Stats = {
          n: scores.length,
          sum: scores.reduce((sum, one) => sum.plus(one), new Exact(0)).toFixed(),
          min: Exact.min(...scores).toFixed(),
          max: Exact.max(...scores).toFixed(),
        };
        const ballots = { g: { cast: stats.n, valid: stats.n, items: { i: stats } } };
        const of = (path: string) =>
          evaluateRule({ kind: 'raters', of: path, trimAbove: 5 }, scoreData({ values: { scores }, ballots })).value;
        expect(of('ballots.g.i')).toBe(of('values.scores'));
      }),
      RUNS,
    );
  });

  it('indicators, and entries of the ledger', () => {
    const indicators = fc
      .array(fc.tuple(points, points), { minLength: 1, maxLength: 8 })
      .map((all) =>
        all.map(([weight, actual], i) => indicator(`i${i}`, { weight: `1${weight}`, actual, target: '50' })),
      );
    const rule: Rule = {
      kind: 'composite',
      total: 'any',
      of: { each: 'indicators', weight: 'item.weight', rule: { kind: 'attainment' } },
    };
    fc.assert(
      fc.property(permuted(indicators), ([a, b]) => {
        expect(evaluateRule(rule, scoreData({ indicators: a })).value).toBe(
          evaluateRule(rule, scoreData({ indicators: b })).value,
        );
      }),
      RUNS,
    );
  });

  it('and caps of the ledger are never exceeded', () => {
    const entries = fc.array(
      fc.record({
        item: fc.constantFrom('a', 'b', 'c'),
        group: fc.constantFrom('', 'g'),
        points,
        id: fc.uuid(),
        kind: fc.constant('bonus' as const),
        reason: fc.constant(''),
      }),
      { maxLength: 10 },
    );
    const caps = fc.record({
      items: fc.record({ a: points, b: points }),
      groups: fc.record({ g: points }),
      year: points,
    });
    fc.assert(
      fc.property(permuted(entries), caps, ([a, b], caps) => {
        const rule: Rule = { kind: 'ledger', of: 'bonus', caps };
        const { value, explanation } = evaluateRule(rule, scoreData({ adjustments: a }));
        expect(value).toBe(evaluateRule(rule, scoreData({ adjustments: b })).value);
        expect(at(value).lte(caps.year)).toBe(true);
        expect(checkExplanation(explanation)).toEqual([]);
        for (const group of explanation.children) {
          if (group.key === 'g') expect(at(group.value).lte(caps.groups.g)).toBe(true);
          for (const item of group.children)
            if (item.key === 'a' || item.key === 'b') expect(at(item.value).lte(caps.items[item.key])).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe('a better value never scores lower', () => {
  const of = 'values.x';
  const target = '50';
  const up: [string, Rule][] = [
    ['attainment', { kind: 'attainment', of, target, direction: 'up' }],
    [
      'attainment, clamped',
      { kind: 'clamp', of: { kind: 'attainment', of, target, direction: 'up' }, floor: '20', cap: '90' },
    ],
    ['met', { kind: 'met', of, target, direction: 'up', full: '5' }],
    ['the ratio to the best', { kind: 'ratio', of, to: '73', full: '600' }],
    ['the efficacy coefficient', { kind: 'efficacy', of, low: '10', high: '70', weight: '20', k0: '0.6', k1: '1' }],
    [
      'slices',
      { kind: 'slices', of, slices: [{ width: '10', rate: '1' }, { width: '30', rate: '0.5' }, { rate: '0.1' }] },
    ],
    [
      'bands',
      {
        kind: 'bands',
        of,
        bands: [
          { in: '(,30)', gives: '1' },
          { in: '[30,60]', gives: '2' },
          { in: '(60,)', gives: '5' },
        ],
      },
    ],
    [
      'points per full unit',
      {
        kind: 'perUnit',
        base: '1',
        of,
        limit: '20',
        side: 'over',
        points: '0.5',
        unit: '3',
        counted: 'full',
        cap: '9',
      },
    ],
    ['rounding up', { kind: 'round', of: { kind: 'product', of: [of, '0.37'] }, places: 0, mode: 'ceil' }],
  ];
  const down: [string, Rule][] = [
    ['attainment, mirrored', { kind: 'attainment', of, target, direction: 'down' }],
    [
      'attainment, the other way round',
      { kind: 'attainment', of: { kind: 'sum', of: [of, '1'] }, target, direction: 'down', down: 'inverse' },
    ],
    ['met', { kind: 'met', of, target, direction: 'down', full: '5' }],
    ['the efficacy coefficient', { kind: 'efficacy', of, low: '70', high: '10', weight: '20', k0: '0.6', k1: '1' }],
    [
      'points off per unit begun',
      { kind: 'perUnit', base: '9', of, limit: '20', side: 'over', points: '-0.5', counted: 'begun', floor: '0' },
    ],
    ['points by rank', { kind: 'rank', of: { kind: 'sum', of: [of, '1'] }, base: '100', step: '2', in: 'percent' }],
  ];
  it.each([...up.map((row) => ['up', ...row] as const), ...down.map((row) => ['down', ...row] as const)])(
    '%s: %s',
    (direction, _what, rule) => {
      fc.assert(
        fc.property(points, points, (a, b) => {
          const [worse, better] = at(a).lt(b) === (direction === 'up') ? [a, b] : [b, a];
          const [low, high] = [score(rule, { x: worse }), score(rule, { x: better })];
          expect(at(high).gte(at(low)), `${worse}: ${low}, ${better}: ${high}`).toBe(true);
        }),
        RUNS,
      );
    },
  );

  it('in a band, the nearer to it the better', () => {
    const rule: Rule = { kind: 'attainment', of, low: '40', high: '60', direction: 'band' };
    const away = (x: string) => Exact.max(0, new Exact(40).minus(x), new Exact(x).minus(60));
    fc.assert(
      fc.property(points, points, (a, b) => {
        const side = (x: string) => (at(x).lt(40) ? 'below' : 'above');
        fc.pre(side(a) === side(b));
        const [worse, better] = away(a).gt(away(b)) ? [a, b] : [b, a];
        expect(at(score(rule, { x: better })).gte(at(score(rule, { x: worse })))).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('what does not apply', () => {
  const part = fc.record({
    weight: fc.integer({ min: 1, max: 40 }),
    share: fc.integer({ min: 0, max: 100 }),
    na: fc.boolean(),
  });
  const scored = fc.constantFrom('mean' as const, 'points' as const);

  it('leaves score and maximum: the percentage is that of the other parts alone, and never 0 for it', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), scored, (parts, scored) => {
        const total = parts.reduce((sum, one) => sum + one.weight, 0);
        const rule = (all: typeof parts, applies: (one: (typeof parts)[number]) => boolean): Rule => ({
          kind: 'composite',
          scored,
          total: 'any',
          of: all.map((one) => ({
            weight: String(one.weight),
            rule: applies(one)
              ? scored === 'mean'
                ? String(one.share)
                : text(one.weight * one.share, 2)
              : 'values.none',
          })),
        });
        const percent = (value: string | null, of: number) =>
          scored === 'mean' ? at(value) : at(value).times(100).div(of);
        const rest = parts.filter((one) => !one.na);
        const value = score(rule(parts, (one) => !one.na));
        if (rest.length === 0) {
          expect(value).toBeNull();
          return;
        }
        const own = rest.reduce((sum, one) => sum + one.weight, 0);
        const alone = score(rule(rest, () => true));
        expect(percent(value, total).toFixed(12)).toBe(percent(alone, own).toFixed(12));
        // Counted as 0 instead, it would have come to less, or to the same.
        const asZero = score(
          rule(
            parts.map((one) => (one.na ? { ...one, share: 0 } : one)),
            () => true,
          ),
        );
        expect(percent(value, total).gte(percent(asZero, total))).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('vetoes and clamps', () => {
  it('a fixed score is the score whatever else there is; a clamp is never left', () => {
    fc.assert(
      fc.property(decimal, points, points, fc.boolean(), (x, a, b, vetoed) => {
        const [floor, cap] = at(a).lt(b) ? [a, b] : [b, a];
        const rule: Rule = {
          kind: 'veto',
          if: 'values.vetoed',
          reason: { zh: '否决', en: 'veto' },
          score: '0',
          grade: 'lowest',
          of: { kind: 'clamp', of: 'values.x', floor, cap },
        };
        const values: JsonObject = { x, vetoed };
        const { value, veto } = evaluateRule(rule, scoreData({ values }));
        expect(veto !== undefined).toBe(vetoed);
        if (vetoed) expect(value).toBe('0');
        else expect(at(value).gte(floor) && at(value).lte(cap)).toBe(true);
      }),
      RUNS,
    );
  });
});
