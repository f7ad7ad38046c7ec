import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodOf } from '../../workflows/indicators/period.ts';
import type { ReportData, ReportIndicator } from '../../workflows/report/data.ts';
import type { Part } from '../../workflows/report/part.ts';
import { plainText } from '../../workflows/report/plain.ts';
import { type Report, writeReport } from '../../workflows/report/report.ts';
import { judge } from '../../workflows/report/verdict.ts';
import type { Text } from '../../workflows/text.ts';
import { named } from '../support/blocks.ts';

const empty: ReportData = {
  cycle: {
    name: '2026 年考评',
    year: 2026,
    template: named('template'),
    status: named('running'),
    launchedOn: '2026-01-05',
    closedOn: null,
  },
  today: '2026-07-05',
  period: null,
  category: null,
  unit: null,
  categories: [{ key: 'all', name: named('all'), ranked: true }],
  units: [],
  groups: [],
  progress: { phases: [], done: 0, cancelled: 0, open: 0, overdue: 0, overdueUnits: 0 },
  indicators: [],
  lit: false,
  results: null,
  warnings: null,
  findings: { sources: [], total: 0, open: 0, closed: 0 },
  rectification: { total: 0, open: 0, closed: 0, carried: 0, overdue: 0 },
  burden: [],
};

const indicator = (more: Partial<ReportIndicator>): ReportIndicator => ({
  org: 'a',
  code: 'I1',
  name: named('I1'),
  unit: '件',
  group: null,
  direction: 'up',
  frequency: 'quarter',
  aggregation: 'last',
  year: 2026,
  target: '10',
  low: null,
  high: null,
  values: [],
  years: [],
  light: null,
  ...more,
});
const quarters = (...values: string[]) => values.map((value, i) => ({ period: `2026-Q${i + 1}`, value }));

type Found<Kind extends Part<Text>['kind']> = Extract<Part<Text>, { kind: Kind }>;
const written = new WeakMap<ReportData, Report>();
const reportOf = (data: ReportData): Report => {
  const report = written.get(data) ?? writeReport(data);
  written.set(data, report);
  return report;
};
const partsOf = <Kind extends Part<Text>['kind']>(data: ReportData, kind: Kind) =>
  reportOf(data).parts.filter((part): part is Found<Kind> => part.kind === kind);
const figure = (data: ReportData, key: string) =>
  partsOf(data, 'figures')
    .flatMap(({ items }) => items)
    .find((item) => item.key === key)?.value;
const tableOf = (data: ReportData, key: string) => partsOf(data, 'table').find((part) => part.key === key);
const words = (data: ReportData, language: 'zh' | 'en' = 'zh') =>
  partsOf(data, 'paragraph')
    .map(({ text }) => text[language])
    .join('\n');

describe('New York’s report', () => {
  type Row = Record<string, string>;
  const rows: Row[] = parse(readFileSync('tests/data/nyc-mmr.csv'), { columns: true });
  const value = (row: Row, column: string): string | null => (row[column] === 'NA' ? null : (row[column] ?? null));
  const agencyOf = (row: Row) => row['Agency.Full.Name.y'] || '?';
  const agencies = [...new Set(rows.map(agencyOf))];
  const data: ReportData = {
    ...empty,
    cycle: { ...empty.cycle, name: 'FY2023', year: 2023 },
    categories: [{ key: 'agency', name: named('agency'), ranked: false }],
    units: agencies.map((name) => ({ id: name, name, category: 'agency' })),
    indicators: rows.map((row, i) => {
      const actual = value(row, 'YTDScaled');
      return indicator({
        org: agencyOf(row),
        code: `N${i}`,
        name: named(row.Indicator ?? ''),
        year: 2023,
        frequency: 'year',
        direction: row['Desired.Direction'] === 'Up' ? 'up' : 'down',
        target: value(row, 'Target.MMR'),
        values: actual === null ? [] : [{ period: '2023', value: actual }],
        years: ['2018', '2019', '2020', '2021', '2022'].flatMap((year) => {
          const known = value(row, year);
          return known === null ? [] : [{ year: Number(year), value: known, breaks: [] }];
        }),
      });
    }),
  };

  test('says 351 with target, 183 met, 168 missed, and the published five-year trends', () => {
    expect(['rated', 'met', 'missed', 'metShare'].map((key) => figure(data, key))).toEqual([
      '351',
      '183',
      '168',
      '52.1',
    ]);
    expect(words(data)).toContain(
      '有目标且有核定值、可以判断的指标 351 项：按期望方向达标 183 项（52.1%），未达标 168 项（47.9%）。',
    );
    expect(words(data, 'en')).toContain('183 met the target (52.1 %), 168 missed it (47.9 %)');
    const improving = rows.filter((row) => row.FiveYrImproving === 'Improving').length;
    const not = rows.filter((row) => row.FiveYrImproving === 'Not_Improving').length;
    expect(words(data)).toContain(
      `可与前 5 年比较的指标 ${improving + not} 项：不差于历年平均的 ${improving} 项，差于历年平均的 ${not} 项。`,
    );
    expect(words(data)).toContain('滞后指标（未达标，或亮红、橙、黄灯）共 168 项');
  });

  test('tells of agencies in their order, and ranks none', () => {
    const table = tableOf(data, 'units');
    expect(table?.rows.map(({ cells }) => cells[0])).toEqual(agencies);
    const sum = (column: number) => table?.rows.reduce((n, { cells }) => n + Number(cells[column]), 0);
    expect([sum(1), sum(2), sum(3)]).toEqual([1139, 183, 168]);
    const report = reportOf(data);
    expect(JSON.stringify(report)).not.toMatch(/最高|名次|排名|第 \d+ 位|[Rr]ank|climb/);
    expect(report).toEqual(writeReport(data));
  });
});

describe('whether a target is met', () => {
  const verdict = (more: Partial<ReportIndicator>) => judge(indicator(more)).verdict;

  test('goes by direction; what adds up is decided at the end of the year, or when it cannot change any more', () => {
    const sum = { aggregation: 'sum' } as const;
    expect(verdict({ values: quarters('9') })).toBe('missed');
    expect(verdict({ ...sum, values: quarters('9') })).toBe('open');
    expect(verdict({ ...sum, values: quarters('9', '1') })).toBe('met');
    expect(verdict({ ...sum, values: quarters('1', '2', '3', '3') })).toBe('missed');
    expect(verdict({ ...sum, direction: 'down', values: quarters('9') })).toBe('open');
    expect(verdict({ ...sum, direction: 'down', values: quarters('9', '2') })).toBe('missed');
    expect(verdict({ direction: 'band', target: null, low: '1', high: '2', values: quarters('2') })).toBe('met');
    expect(verdict({ direction: 'band', target: null, values: quarters('2') })).toBe('noTarget');
    expect(verdict({ target: null, values: quarters('2') })).toBe('noTarget');
    expect(verdict({})).toBe('noValue');
  });

  test('each indicator counts once, whatever the data, and the report counts the same', () => {
    const one = fc.record({
      direction: fc.constantFrom('up', 'down', 'band'),
      aggregation: fc.constantFrom('last', 'sum', 'mean', 'max', 'toDate'),
      target: fc.option(fc.integer({ min: -50, max: 50 }).map(String)),
      high: fc.option(fc.integer({ min: -50, max: 50 }).map(String)),
      values: fc.array(fc.integer({ min: -50, max: 50 }).map(String), { maxLength: 4 }).map((all) => quarters(...all)),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (all) => {
        const data: ReportData = {
          ...empty,
          units: [{ id: 'a', name: 'A', category: 'all' }],
          indicators: all.map((more, i) => indicator({ ...(more as Partial<ReportIndicator>), code: `I${i}` })),
        };
        const counts = ['met', 'missed', 'open', 'noValue', 'noTarget'].map((key) => Number(figure(data, key)));
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(all.length);
        expect(Number(figure(data, 'rated'))).toBe((counts[0] ?? 0) + (counts[1] ?? 0));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a report', () => {
  const year = (n: number, value: string) => ({ year: n, value, breaks: [] });
  const full: ReportData = {
    ...empty,
    period: periodOf('2026-Q3') ?? null,
    units: [
      { id: 'a', name: '发改委', category: 'all' },
      { id: 'b', name: '民政局', category: 'all' },
    ],
    groups: [
      { key: 'g1', name: named('g1') },
      { key: 'g2', name: named('g2') },
    ],
    progress: {
      phases: [{ name: named('execute'), units: 2 }],
      done: 0,
      cancelled: 0,
      open: 5,
      overdue: 2,
      overdueUnits: 1,
    },
    lit: true,
    indicators: [
      indicator({
        group: 'g1',
        values: quarters('6', '7', '8'),
        years: [year(2023, '3'), year(2024, '5'), year(2025, '4')],
        light: { colour: 'red', because: named('30 points behind') },
      }),
      indicator({
        org: 'b',
        group: 'g2',
        values: quarters('10', '11', '12'),
        light: { colour: 'green', because: named('fine') },
      }),
      indicator({ code: 'I2', direction: 'down', target: '20', values: quarters('30', '28', '26') }),
    ],
    warnings: {
      kinds: [{ name: named('orders'), states: [{ name: named('lapsed'), count: 2 }] }],
      overdue: 1,
      flags: { name: named('flags'), states: [{ name: named('open'), count: 3 }] },
    },
    findings: {
      sources: [{ name: named('visit'), states: [{ name: named('closed'), count: 4 }] }],
      total: 4,
      open: 0,
      closed: 4,
    },
    rectification: { total: 8, open: 3, closed: 5, carried: 0, overdue: 2 },
    burden: [
      { month: '2026-01', forms: 10, fields: 50, uploads: 1, minutes: '120.5' },
      { month: '2026-02', forms: 20, fields: 60, uploads: 2, minutes: '79.5' },
    ],
    results: {
      grades: [
        { key: 'good', name: named('good') },
        { key: 'fair', name: named('fair') },
      ],
      items: [
        { org: 'a', category: 'all', score: '90', rank: 1, rankOf: 2, grade: 'good', climbed: 1, before: '80' },
        { org: 'b', category: 'all', score: '85', rank: 2, rankOf: 2, grade: 'fair', climbed: -1, before: '88' },
      ],
      dimensions: [{ category: 'all', name: named('work'), level: 1, most: '60', mean: '50', best: '55' }],
    },
  };

  test('says in words what the figures say', () => {
    const said = words(full);
    for (const sentence of [
      '本报告反映全部参评单位截至 2026 年第 3 季度末的情况',
      '2 个单位中 0 个已完成本周期（0%），2 个处于“execute”阶段',
      '未办任务 5 件，其中逾期 2 件，涉及 1 个单位',
      '达标 1 项（33.3%），未达标 2 项（66.7%）',
      '2 项指标已亮灯：红灯 1 项，绿灯 1 项；另有 1 项没有亮灯',
      '滞后指标（未达标，或亮红、橙、黄灯）共 2 项，涉及 1 个单位',
      '可预测的 3 项中，预计达标 1 项、不达标 2 项',
      '达标率最高的是民政局（100%）',
      '2 个单位有得分，平均 87.5 分。等次：good 1 个，fair 1 个。',
      '1 个提高，1 个下降',
      '名次上升最多的是发改委（上升 1 位）',
      '共登记预警、督办 2 件，逾期未答复 1 件。提示异常数值 3 处（open 3）',
      '整改事项 8 项，已销号 5 项（62.5%），未销号 3 项，其中逾期 2 项',
      '2 个月共要求填报表单 30 份、上传材料 3 件，估计用时 200 分钟，平均每单位每月 50 分钟',
    ])
      expect(said).toContain(sentence);
    // 6, 7, 8 goes on to 9 with no residual, 30, 28, 26 to 24: both miss; 10, 11, 12 meets.
    expect(tableOf(full, 'forecast')?.rows.map(({ cells }) => cells)).toEqual([
      ['发改委', named('I1'), '8', '9', '9', '9', '10'],
      ['发改委', named('I1'), '26', '24', '24', '24', '20'],
    ]);
    expect(tableOf(full, 'lagging')?.rows[0]?.cells.at(-1)).toEqual(named('30 points behind'));
    expect(tableOf(full, 'lagging')?.rows[1]?.cells.at(-1)).toMatchObject({ zh: '核定值 26，目标 20（越低越好）' });
    expect(tableOf(full, 'targetsByDimension')?.rows.map(({ cells }) => cells.slice(1))).toEqual([
      ['1', '0', '1', '0'],
      ['1', '1', '0', '100'],
    ]);
  });

  test('of one unit speaks of it alone, with pictures of its years; unranked, of no rank', () => {
    const unit = full.units[0] ?? null;
    const own: ReportData = {
      ...full,
      unit,
      units: full.units.slice(0, 1),
      indicators: full.indicators.filter(({ org }) => org === 'a'),
    };
    expect(words(own)).toContain(
      '得分 90。在本类 2 个单位中列第 1 位。等次：good。上年得分 80，变化 10。名次较上年上升 1 位。',
    );
    expect(JSON.stringify(writeReport(own))).not.toContain('民政局');
    const picture = partsOf(own, 'chart').find(({ key }) => key === 'years-I1')?.chart;
    expect([picture?.names, picture?.series[0]?.values]).toEqual([
      ['2023', '2024', '2025', '2026'],
      ['3', '5', '4', null],
    ]);
    const unranked = words({ ...own, categories: own.categories.map((one) => ({ ...one, ranked: false })) });
    expect(unranked).toContain('得分 90。等次：good。');
    expect(unranked).not.toMatch(/第 1 位|名次/);
  });

  test('compares with last year by direction, years of another definition left out', () => {
    const whole: ReportData = {
      ...full,
      period: null,
      indicators: [
        indicator({ values: quarters('1', '2', '3', '12'), years: [year(2025, '10')] }),
        indicator({ code: 'I2', direction: 'down', values: quarters('9', '9', '9', '12'), years: [year(2025, '10')] }),
        indicator({
          code: 'I3',
          values: quarters('1', '1', '1', '1'),
          years: [{ year: 2025, value: '5', breaks: ['unit'] }],
        }),
      ],
    };
    expect(words(whole)).toContain('可与上年比较的指标 2 项：好于上年 1 项，差于上年 1 项，持平 0 项。');
    expect(words(whole)).toContain('1 项有口径变化的年份');
    expect(tableOf(whole, 'improved')?.rows.map(({ cells }) => cells.at(-1))).toEqual(['+20']);
    expect(tableOf(whole, 'worsened')?.rows.map(({ cells }) => cells.at(-1))).toEqual(['-20']);
  });

  test('is plain text for a form: numbered headings and sentences, cut after a whole paragraph where room ends', () => {
    const report = writeReport(full);
    const text = plainText(report, 'zh', 10_000);
    expect(text).toContain('\n一、周期进展\n');
    expect(text).toContain('二、目标完成情况');
    expect(plainText(report, 'en', 10_000)).toContain('\n1. Progress of the cycle\n');
    const short = plainText(report, 'zh', 400);
    expect(short.length).toBeLessThanOrEqual(400);
    expect(short.endsWith('（其余内容见周期的“报告”页。）')).toBe(true);
    expect(text.startsWith(short.split('\n').slice(0, -1).join('\n'))).toBe(true);
  });

  test('holds nothing where nothing is known', () => {
    const bare = writeReport({ ...empty, units: [{ id: 'a', name: 'A', category: 'all' }] });
    expect(bare.parts.filter(({ kind }) => kind === 'heading')).toEqual([
      { kind: 'heading', text: { zh: '周期进展', en: 'Progress of the cycle' } },
    ]);
  });
});
