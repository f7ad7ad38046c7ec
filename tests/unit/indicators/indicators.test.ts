import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dueIn, periodOf, periodsOf } from '../../../workflows/indicators/period.ts';
import type { IndicatorsSection, KeyTask } from '../../../workflows/indicators/schema.ts';
import { aggregate, benchmark, rollUp } from '../../../workflows/indicators/series.ts';
import { checkWeights, commonSet, plannedSet, splitTask, taskProgress } from '../../../workflows/indicators/set.ts';
import { refuseChange } from '../../../workflows/indicators/targets.ts';
import { type Expected, refuseValue } from '../../../workflows/indicators/value.ts';
import { rescale, weightSum } from '../../../workflows/indicators/weights.ts';
import { zjgDepartments } from '../../../workflows/library/zjg-departments.ts';
import { Exact } from '../../../workflows/scoring/exact.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';

const name = { zh: '指标', en: 'indicator' };

describe('periods', () => {
  test('of a year', () => {
    expect(periodsOf('quarter', 2026).map(({ key }) => key)).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
    expect(periodOf('2028-02')).toEqual({
      key: '2028-02',
      frequency: 'month',
      year: 2028,
      start: '2028-02-01',
      end: '2028-02-29',
    });
    expect(periodOf('2026-H2')).toMatchObject({ start: '2026-07-01', end: '2026-12-31' });
    expect(['2026-13', '2026-Q5', '2026-H3', 'x', '', '2026-1'].map(periodOf)).toEqual(Array(6).fill(undefined));
  });

  test('due at the end of a quarter', () => {
    expect(dueIn('half', 2026, '2026-03-31')).toBeUndefined();
    expect(dueIn('half', 2026, '2026-06-30')?.key).toBe('2026-H1');
    expect(dueIn('month', 2026, '2026-03-31')?.key).toBe('2026-03');
    expect(dueIn('year', 2026)?.key).toBe('2026');
  });
});

describe('series', () => {
  it.each([
    ['last', ['1', null, '3', null], '3'],
    ['sum', ['0.1', '0.2', null], '0.3'],
    ['mean', ['1', '2', '2'], '1.666666666667'],
    ['max', ['-3', '-1.5'], '-1.5'],
    ['sum', [null, null], null],
  ] as const)('%s of %j is %s', (how, values, answer) => {
    expect(aggregate(how, values)).toBe(answer);
  });

  test('roll up parts, and say nothing while one is missing', () => {
    const parts = [
      { value: '80', weight: '3' },
      { value: '100', weight: '1' },
    ];
    expect(rollUp('sum', parts)).toBe('180');
    expect(rollUp('mean', parts)).toBe('90');
    expect(rollUp('weighted', parts)).toBe('85');
    expect(rollUp('sum', [...parts, { value: null }])).toBeNull();
    expect(rollUp('weighted', [{ value: '1', weight: '0' }])).toBeNull();
  });

  test('are compared with another place: gap and trend by direction', () => {
    const own = [
      { period: '2024', value: '60' },
      { period: '2025', value: '75' },
    ];
    const other = [
      { period: '2024', value: '80' },
      { period: '2025', value: '85' },
      { period: '2026', value: '90' },
    ];
    expect(benchmark(own, other, 'up')).toEqual({
      lines: [
        { period: '2024', own: '60', benchmark: '80', gap: '-20' },
        { period: '2025', own: '75', benchmark: '85', gap: '-10' },
        { period: '2026', own: null, benchmark: '90', gap: null },
      ],
      trend: 'catchingUp',
    });
    expect(benchmark(own, other, 'down')).toMatchObject({
      lines: [{ gap: '20' }, { gap: '10' }, {}],
      trend: 'fallingBehind',
    });
    expect(benchmark([], other, 'up').trend).toBeNull();
  });
});

describe('weights', () => {
  const section = { total: '100' };
  test('must make the total, to the last digit', () => {
    const list = [
      { code: 'a', weight: '33.33' },
      { code: 'b', weight: '66.66' },
    ];
    expect(checkWeights(section, list)).toEqual({ ok: false, of: 'all', sum: '99.99', total: '100' });
    expect(checkWeights(section, [...list, { code: 'c', weight: '0.01' }]).ok).toBe(true);
  });

  test('of the common set make its share, those of the unit the rest', () => {
    const list = (common: string, own: string) => [
      { code: 'a', kind: 'common' as const, weight: common },
      { code: 'b', kind: 'specific' as const, weight: own },
    ];
    const section = { total: '100', commonShare: '70' };
    expect(checkWeights(section, list('70', '30')).ok).toBe(true);
    expect(checkWeights(section, list('60', '40'))).toEqual({ ok: false, of: 'common', sum: '60', total: '70' });
    expect(checkWeights(section, list('70', '31'))).toEqual({ ok: false, of: 'all', sum: '101', total: '100' });
  });

  test('are rescaled where some do not apply', () => {
    const scaled = rescale(
      [
        { code: 'a', weight: '1' },
        { code: 'b', weight: '1' },
        { code: 'c', weight: '1' },
      ],
      '100',
    );
    expect([...(scaled ?? [])]).toEqual([
      ['a', '33.333334'],
      ['b', '33.333333'],
      ['c', '33.333333'],
    ]);
    expect(rescale([{ code: 'a', weight: '0' }], '100')).toBeNull();
  });

  test('that are rescaled make the total exactly, and keep their order', () => {
    const weight = fc.integer({ min: 1, max: 10_000_000 }).map((n) => new Exact(n).div(1000).toFixed());
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 1, maxLength: 60 }),
        fc.constantFrom('100', '1000'),
        (weights, total) => {
          const list = weights.map((one, i) => ({ code: `c${i}`, weight: one }));
          const scaled = rescale(list, total);
          const values = list.map(({ code }) => scaled?.get(code) ?? 'missing');
          expect(weightSum(values.map((one) => ({ weight: one })))).toBe(total);
          for (const [i, one] of list.entries())
            for (const [j, other] of list.entries())
              if (new Exact(one.weight).gt(other.weight))
                expect(new Exact(values[i] ?? 0).gte(values[j] ?? 0)).toBe(true);
        },
      ),
    );
  });
});

const task: KeyTask = {
  code: 'communities',
  name,
  unit: '个',
  total: '50',
  years: [
    { year: 2025, amount: '20' },
    { year: 2026, amount: '15' },
    { year: 2027, amount: '15' },
  ],
  contents: [{ key: 'homes', name, standard: { zh: '外墙保温', en: 'insulated walls' }, satisfaction: '85' }],
};

describe('sets', () => {
  test('a key task is split by year and by content', () => {
    expect(splitTask(task, 2026)).toMatchObject([
      { code: 'communities', target: '15', unit: '个' },
      { code: 'communities.homes', target: '85', unit: '%', source: '外墙保温' },
    ]);
    expect(splitTask(task, 2030)).toEqual([]);
    expect(taskProgress(task, { 2025: '20', 2026: '12' }).map((one) => [one.plannedSoFar, one.doneSoFar])).toEqual([
      ['20', '20'],
      ['35', '32'],
      ['50', '32'],
    ]);
  });

  test('what a year leaves of a key task the next one has to do, never more than is left of the whole', () => {
    const target = (year: number, done: Record<number, string>) => splitTask(task, year, done)[0]?.target;
    expect(target(2026, { 2025: '18' })).toBe('17');
    expect(target(2026, { 2025: '22.5' })).toBe('15');
    expect(target(2027, { 2025: '18', 2026: '10' })).toBe('22');
    expect(target(2027, { 2025: '22', 2026: '20' })).toBe('8');
    expect(target(2027, { 2025: '30', 2026: '25' })).toBe('0');
    // Nothing is carried over from a year of which nothing is known, nor from the year itself.
    expect(target(2026, {})).toBe('15');
    expect(target(2027, { 2026: '10' })).toBe('20');
    expect(target(2026, { 2026: '3', 2027: '3' })).toBe('15');
    const amount = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(amount, amount, (first, second) => {
        const last = Number(target(2027, { 2025: String(first), 2026: String(second) }));
        expect(last).toBe(Math.max(0, Math.min(50 - first - second, 15 + Math.max(0, 35 - first - second))));
      }),
    );
  });

  test('what the office issues everybody has, and a plan begins with weights that make the total', () => {
    const base = { name, unit: '%', direction: 'up', frequency: 'year', kind: 'common' } as const;
    const section: IndicatorsSection = {
      total: '100',
      weights: 'rescale',
      issued: 'demands',
      list: [{ ...base, code: 'all', weight: '100' }],
    };
    const issued = [
      { name: '查补收入', unit: '亿元', direction: 'down', target: '12', weight: '20', standard: '按完成率' },
      { name: '', unit: '%' },
      { name: '满意度', unit: '%', target: null, direction: 'sideways' },
    ];
    const unit = { code: 'D01', category: undefined };
    expect(commonSet(section, unit, 2026, { issued })).toMatchObject([
      { code: 'all' },
      { code: 'D1', parent: 'D1', direction: 'down', target: '12', weight: '20', rollUp: 'sum', source: '按完成率' },
      { code: 'D3', parent: 'D3', direction: 'up', rollUp: 'mean' },
    ]);
    expect(commonSet(section, unit, 2026, { issued: 'words' })).toHaveLength(1);
    expect(commonSet({ ...section, issued: undefined }, unit, 2026, { issued })).toHaveLength(1);
    const planned = plannedSet(section, unit, 2026, { issued });
    expect(planned.map(({ weight }) => weight)).toEqual(['83.33', '16.67', undefined]);
    expect(plannedSet({ ...section, weights: 'exact' }, unit, 2026, { issued }).map(({ weight }) => weight)).toEqual([
      '100',
      '20',
      undefined,
    ]);
  });

  test('everyone has the common indicators of its category and unit', () => {
    const base = { name, unit: '%', direction: 'up', frequency: 'year', kind: 'common' } as const;
    const section: IndicatorsSection = {
      total: '100',
      list: [
        { ...base, code: 'all' },
        { ...base, code: 'economy', categories: ['economy'] },
        { ...base, code: 'one', units: ['D02'] },
        { ...base, code: 'chosen', kind: 'specific' },
      ],
      keyTasks: [task],
    };
    const codes = (unit: { code: string; category: string | undefined }) =>
      commonSet(section, unit, 2026).map(({ code }) => code);
    expect(codes({ code: 'D01', category: 'economy' })).toEqual(['all', 'economy', 'communities', 'communities.homes']);
    expect(codes({ code: 'D02', category: undefined })).toEqual(['all', 'one', 'communities', 'communities.homes']);
  });
});

describe('targets', () => {
  const change = { reasons: [{ value: 'policy', name: { zh: '政策调整', en: 'policy change' } }], from: '07-01' };
  it.each([
    ['policy', '2026-07-01', undefined],
    ['policy', '2026-06-30', 'target.tooEarly'],
    ['tooHard', '2026-08-01', 'target.reason'],
  ])('change for %s on %s: %s', (reason, today, id) => {
    expect(refuseChange(change, { reason, today, year: 2026 })?.id).toBe(id);
  });
  test('stand where the template allows no change', () => {
    expect(refuseChange(undefined, { reason: 'policy', today: '2026-08-01', year: 2026 })?.id).toBe('target.fixed');
  });
});

describe('a value', () => {
  const expected: Expected = {
    code: 'K1',
    unit: '%',
    frequency: 'quarter',
    formula: null,
    byHand: true,
    plausibleMin: '0',
    plausibleMax: '100',
  };
  it.each([
    [{ value: '50', period: '2026-Q1' }, undefined],
    [{ value: '50', period: '2026-Q1', unit: '％' }, undefined],
    [{ value: '50', period: '2026-Q1', unit: '件' }, 'value.unit'],
    [{ value: '50', period: '2026-03' }, 'value.period'],
    [{ value: '50', period: '2025-Q1' }, 'value.period'],
    [{ value: '101', period: '2026-Q1' }, 'value.impossible'],
    [{ value: '-0.01', period: '2026-Q1' }, 'value.impossible'],
    [{ value: '1,000', period: '2026-Q1' }, 'value.decimal'],
    [{ value: '=1+1', period: '2026-Q1' }, 'value.decimal'],
    [{ value: 'NaN', period: '2026-Q1' }, 'value.decimal'],
  ])('%j: %s', (entry, id) => {
    expect(refuseValue(expected, { ...entry, year: 2026 })?.id).toBe(id);
  });
  test('that is computed is not reported', () => {
    expect(
      refuseValue({ ...expected, formula: 'a', byHand: false }, { value: '1', period: '2026-Q1', year: 2026 })?.id,
    ).toBe('value.computed');
  });
});

describe('the linter', () => {
  const base = { name, unit: '%', direction: 'up', frequency: 'year', kind: 'common' } as const;
  const ids = (indicators: unknown) =>
    lintTemplate({ ...zjgDepartments, indicators })
      .filter(({ path }) => path.startsWith('indicators'))
      .map(({ id, path }) => `${id} ${path}`);
  it.each([
    ['nothing wrong', { list: [{ ...base, code: 'a', weight: '60' }] }, []],
    [
      'a code twice',
      {
        list: [
          { ...base, code: 'a' },
          { ...base, code: 'a' },
        ],
      },
      ['indicator.twice indicators.list[1].code'],
    ],
    [
      'a band without edges',
      { list: [{ ...base, code: 'a', direction: 'band' }] },
      ['indicator.band indicators.list[0].low'],
    ],
    [
      'weights above the total',
      { list: [{ ...base, code: 'a', weight: '101' }] },
      ['indicator.weights indicators.list'],
    ],
    [
      'a share not met',
      { commonShare: '40', list: [{ ...base, code: 'a', weight: '39' }] },
      ['indicator.weights indicators.list'],
    ],
    [
      'an unknown category',
      { list: [{ ...base, code: 'a', categories: ['moon'] }] },
      ['indicator.unknown indicators.list[0].categories[0]'],
    ],
    [
      'an unknown parent',
      { list: [{ ...base, code: 'a', parent: 'b' }] },
      ['indicator.unknown indicators.list[0].parent'],
    ],
    [
      'nothing possible',
      { list: [{ ...base, code: 'a', plausible: { min: '2', max: '1' } }] },
      ['indicator.plausible indicators.list[0].plausible'],
    ],
    [
      'an owner whom nobody asks',
      {
        list: [
          { ...base, code: 'a' },
          { ...base, code: 'b', jointOwners: ['tjj'] },
        ],
      },
      ['indicator.ownerNotAsked indicators.list[1].jointOwners'],
    ],
    [
      'a loop',
      {
        list: [
          { ...base, code: 'a', formula: 'b' },
          { ...base, code: 'b', formula: 'a' },
        ],
      },
      ['formula.loop indicators.list[0].formula'],
    ],
    [
      'a loop behind a formula that is right',
      {
        list: [
          { ...base, code: 'right', formula: 'a + 1' },
          { ...base, code: 'a', formula: 'b' },
          { ...base, code: 'b', formula: 'a' },
        ],
      },
      ['formula.loop indicators.list[1].formula'],
    ],
    [
      'half a formula behind one that is right',
      {
        list: [
          { ...base, code: 'a' },
          { ...base, code: 'b', formula: 'a' },
          { ...base, code: 'c', formula: 'a +' },
        ],
      },
      ['formula.syntax indicators.list[2].formula'],
    ],
    [
      'years that do not make the task',
      { list: [], keyTasks: [{ ...task, total: '51' }] },
      ['keyTask.sum indicators.keyTasks[0].years'],
    ],
  ])('finds %s', (_name, part, found) => {
    expect(ids({ total: '100', ...part })).toEqual(found);
  });
});
