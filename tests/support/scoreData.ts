import type { JsonObject } from '../../workflows/json.ts';
import type { IndicatorData, ScoreData } from '../../workflows/scoring/data.ts';
import { evaluateRule } from '../../workflows/scoring/evaluate.ts';
import type { Rule } from '../../workflows/scoring/rule.ts';

/** Data of a participant in which there is nothing but what is given. */
export const scoreData = (given: Partial<ScoreData> = {}): ScoreData => ({
  values: {},
  participant: { id: 'u1', name: 'Unit 1', category: 'a' },
  indicators: [],
  ballots: {},
  adjustments: [],
  history: [],
  ...given,
});

export const indicator = (code: string, given: Partial<IndicatorData> = {}): IndicatorData => ({
  code,
  name: { zh: `指标${code}`, en: `Indicator ${code}` },
  kind: 'specific',
  unit: '',
  direction: 'up',
  weight: null,
  target: null,
  actual: null,
  ...given,
});

/** The value of a rule over values alone. */
export const score = (rule: Rule, values: JsonObject = {}): string | null =>
  evaluateRule(rule, scoreData({ values })).value;
