import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../workflows/json.ts';
import type { Rule } from '../../workflows/scoring/rule.ts';

/** A published rule with its answer. */
export interface PublishedCase {
  rule: string;
  source: string;
  in?: unknown;
  score?: string | string[];
  scaled?: string;
  file?: string;
  answer?: { rows: number; withTarget: number; met: number; missed: number };
}

export const publishedCases: readonly PublishedCase[] = (
  JSON.parse(readFileSync(new URL('../data/scoring.json', import.meta.url), 'utf8')) as { cases: PublishedCase[] }
).cases;

/** 瑞安 2012: the three rows of its leading-body appraisal. */
const RUIAN = {
  goals: { kind: 'ratio', of: 'values.own', to: 'values.first', full: '600' },
  leaders: {
    kind: 'round',
    places: 2,
    mode: 'halfUp',
    of: {
      kind: 'mean',
      of: { each: 'values.ranks', rule: { kind: 'rank', of: 'item', base: '200', step: '2', in: 'percent' } },
    },
  },
  votes: {
    kind: 'choose',
    when: [
      {
        if: { value: { kind: 'product', of: [{ kind: 'input', path: 'values.low', default: '0' }, '3'] }, in: '[1,)' },
        gives: '130',
      },
    ],
    else: {
      kind: 'bands',
      of: 'values.excellent',
      bands: [
        { in: '[0.9,)', gives: '200' },
        { in: '[0.8,0.9)', gives: '190' },
        { in: '[0.7,0.8)', gives: '180' },
        { in: '[0.6,0.7)', gives: '170' },
        { in: '(,0.6)', gives: '160' },
      ],
    },
  },
} satisfies Record<string, Rule>;

/** 国办秘函〔2019〕19号: what applies rescaled to 100, then the bonus, only above 80; below 60 fails; a veto item fails and stops. */
const RESCALED: Rule = {
  kind: 'veto',
  if: 'values.vetoed = true',
  reason: { zh: '发生一票否决事项', en: 'a veto item occurred' },
  score: '0',
  grade: 'lowest',
  of: {
    kind: 'let',
    let: { scaled: { kind: 'ratio', of: 'values.points', to: 'values.of', full: '100' } },
    in: {
      kind: 'round',
      places: 2,
      mode: 'halfUp',
      of: {
        kind: 'veto',
        if: { value: 'let.scaled', in: '(,60)' },
        reason: { zh: '不足 60 分', en: 'below 60' },
        grade: 'lowest',
        of: {
          kind: 'choose',
          when: [
            { if: { value: 'let.scaled', in: '(80,)' }, gives: { kind: 'sum', of: ['let.scaled', 'values.bonus'] } },
          ],
          else: 'let.scaled',
        },
      },
    },
  },
};

/** The published rules as rules of ours, in the order of the file; the last, over a whole file, stands in its own test. */
export const rules: readonly Rule[] = [
  {
    kind: 'efficacy',
    of: 'values.x',
    low: 'values.lo',
    high: 'values.hi',
    weight: 'values.w',
    k0: 'values.k0',
    k1: 'values.k1',
  },
  RUIAN.goals,
  RUIAN.leaders,
  RUIAN.votes,
  { kind: 'sum', of: [RUIAN.goals, RUIAN.leaders, RUIAN.votes] },
  { kind: 'rank', of: 'values.rank', base: 'values.base', step: '5', in: 'percent' },
  {
    kind: 'composite',
    of: [
      { weight: 'values.weights.0', rule: 'values.scores.0' },
      { weight: 'values.weights.1', rule: 'values.scores.1' },
    ],
  },
  { kind: 'perUnit', base: 'values.points', of: 'values.over', side: 'over', points: '-0.5', floor: '0' },
  {
    kind: 'sum',
    of: [
      'values.base',
      {
        kind: 'slices',
        of: 'values.above',
        slices: [
          { width: '10', rate: { kind: 'ratio', of: 'values.base', to: '20' } },
          { width: '10', rate: { kind: 'ratio', of: 'values.base', to: '40' } },
          { rate: { kind: 'ratio', of: 'values.base', to: '60' } },
        ],
      },
    ],
  },
  RESCALED,
  { kind: 'votes', of: 'values', points: { a: '100', b: '80', c: '60', d: '40' } },
  { kind: 'raters', of: 'values.scores', trimAbove: 5 },
  {
    kind: 'composite',
    of: [
      { weight: '60', rule: 'values.results' },
      { weight: '20', rule: 'values.leaders' },
      { weight: '10', rule: 'values.grassRoots' },
      { weight: '10', rule: 'values.survey' },
    ],
  },
  {
    kind: 'sum',
    of: [
      {
        kind: 'composite',
        scored: 'points',
        of: [
          { weight: '50', rule: 'values.social' },
          { weight: '45', rule: 'values.goals' },
          { weight: '5', rule: 'values.leaders' },
        ],
      },
      'values.innovation',
    ],
  },
  {
    kind: 'bands',
    of: { kind: 'input', path: 'values.after', unit: 'h' },
    bands: [
      { in: '(,1]', gives: '5' },
      { in: '(1,2]', gives: '3' },
      { in: '(2,)', gives: '0' },
    ],
  },
];

/** The inputs of a case as values of a participant, one for each expected score. */
export function inputsOf(index: number, given: unknown): JsonObject[] {
  const object = given as JsonObject;
  switch (index) {
    case 4:
      return [{ own: 540, first: 600, ranks: [1, 4, 3], excellent: '0.84' }];
    case 5:
      return (object.ranks as number[]).map((rank) => ({ base: object.base ?? null, rank }));
    case 11:
      return (given as number[][]).map((scores) => ({ scores }));
    case 14:
      return (given as string[]).map((after) => ({ after }));
    default:
      return Array.isArray(given) ? (given as JsonObject[]) : [object];
  }
}
