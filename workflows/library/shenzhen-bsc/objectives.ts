import type { Rule } from '../../scoring/rule.ts';
import type { Block } from '../../template/block.ts';
import type { Field } from '../../template/field.ts';
import { choice, decimal, must, says, table, text } from '../parts/fields.ts';
import { feel } from '../parts/reporting.ts';
import { approval } from '../parts/steps.ts';
import { DIMENSIONS } from './indicators.ts';

const dimension = choice(
  'dimension',
  '维度',
  'Dimension',
  Object.fromEntries(DIMENSIONS.map(([key, zh, en]) => [key, [zh, en] as const])),
  must,
);
const figure = (key: string, zh: string, en: string) => decimal(key, zh, en, { ...must, places: 4 });

/**
 * 战略地图: the objectives of each dimension, and by which key results they are measured: from where to where. Rows with the same
 * objective are its key results.
 */
export const strategyMap: Field = {
  ...table(
    'strategyMap',
    '战略地图：目标和关键结果',
    'Strategy map: objectives and key results',
    [
      dimension,
      text('objective', '战略目标', 'Objective', must),
      text('leadsTo', '支撑的目标', 'What it leads to', { maxLength: 200 }),
      text('action', '行动方案', 'Action', must),
      text('result', '关键结果', 'Key result', { ...must, maxLength: 200 }),
      text('unit', '计量单位', 'Unit', { maxLength: 20 }),
      figure('from', '起点值', 'From'),
      figure('to', '目标值', 'To'),
    ],
    { ...must, covers: dimension.key },
  ),
  help: says(
    '每个维度至少一个目标；一个目标有几个关键结果就写几行，目标名称写得相同。',
    'At least one objective in each dimension; a row for each key result, with the same name of its objective.',
  ),
};

/** Where each key result has arrived, reported with the self-evaluation. */
export const keyResults: Field = table(
  'keyResults',
  '关键结果实际值',
  'Key results: where they have arrived',
  [
    text('code', '编号', 'Number', { maxLength: 64 }),
    text('objective', '战略目标', 'Objective'),
    text('result', '关键结果', 'Key result', { maxLength: 200 }),
    text('unit', '计量单位', 'Unit', { maxLength: 20 }),
    decimal('from', '起点值', 'From', { places: 4 }),
    decimal('to', '目标值', 'To', { places: 4 }),
    figure('actual', '实际值', 'Actual'),
  ],
  { ...must, source: 'earlier', of: strategyMap.key, maxRows: 50 },
);

/** The monitoring unit verifies them; then each objective has its key results, from and to as they were planned. */
export const keyResultsVerified: Block[] = [
  approval('keyResultsVerified', '数据采集单位核验关键结果', 'The monitor verifies the key results', 'monitor', 5, {
    shows: ['strategyMap', 'selfReport'],
    access: { keyResults: 'write' },
    returnTo: 'selfEvaluation',
  }),
  feel(
    'gatherObjectives',
    '汇总目标和关键结果',
    'Objectives with their key results',
    'objectives',
    `for o in distinct values(strategyMap.objective) return {
      key: o, name: { zh: o, en: o }, dimension: strategyMap[objective = o][1].dimension,
      results: for k in keyResults[strategyMap[number(code)].objective = o] return {
        key: k.code, name: { zh: strategyMap[number(k.code)].result, en: strategyMap[number(k.code)].result },
        from: strategyMap[number(k.code)].from, to: strategyMap[number(k.code)].to, actual: k.actual } }`,
  ),
];

/** How far it is from where it began to where it should be; what should stay where it is has stayed, or not. */
const keyResult: Rule = {
  kind: 'choose',
  when: [
    {
      if: { value: { kind: 'minus', from: 'item.to', of: ['item.from'] }, in: '[0,0]' },
      gives: {
        kind: 'bands',
        of: { kind: 'minus', from: 'item.actual', of: ['item.to'] },
        bands: [{ in: '[0,0]', gives: '100' }],
        else: '0',
      },
    },
  ],
  else: {
    kind: 'clamp',
    of: { kind: 'efficacy', of: 'item.actual', low: 'item.from', high: 'item.to', weight: '100' },
    floor: '0',
    cap: '100',
  },
};

/** An objective is as far as its key results are in the mean, each from its beginning to its end; a dimension as its objectives. */
export const reached = (key: string, zh: string, en: string): Rule => ({
  kind: 'mean',
  name: says(`${zh}：目标和关键结果`, `${en}: objectives and key results`),
  of: {
    each: 'values.objectives',
    where: `item.dimension = "${key}"`,
    rule: {
      kind: 'mean',
      of: {
        each: 'item.results',
        rule: keyResult,
      },
    },
  },
});
