import type { Rule } from '../../scoring/rule.ts';
import { says } from '../parts/fields.ts';
import { attained, type Judged, rounded } from '../parts/judging.ts';
import { DIMENSIONS } from './indicators.ts';
import { reached } from './objectives.ts';

const votes = (group: string, zh: string, en: string): Rule => ({
  kind: 'raters',
  name: says(zh, en),
  of: `ballots.${group}.overall`,
  trimAbove: 5,
});

/** How much of a dimension its objectives count: an example. */
const OBJECTIVES = '20';

/** What people say of a dimension beside its indicators, and how much of it that counts: examples. */
const SAID: Readonly<Record<string, { weight: string; rule: Rule }[]>> = {
  public: [{ weight: '40', rule: votes('citizens', '公众评价', 'The public') }],
  process: [
    { weight: '25', rule: votes('leaders', '领导评价', 'Leaders') },
    { weight: '15', rule: votes('peers', '部门互评', 'Other units') },
  ],
};

/** Each dimension by itself, then together by their weights. */
export const judged: Judged = {
  rule: rounded({
    kind: 'composite',
    of: DIMENSIONS.map(([key, zh, en, weight]) => {
      const own = attained(says(`${zh}：指标`, `${en}: indicators`), `item.group = "${key}"`);
      const said = SAID[key] ?? [];
      const rest = said.reduce((left, one) => left - Number(one.weight), 100 - Number(OBJECTIVES));
      return {
        key,
        name: says(zh, en),
        weight,
        rule: {
          kind: 'composite' as const,
          of: [{ weight: String(rest), rule: own }, { weight: OBJECTIVES, rule: reached(key, zh, en) }, ...said],
        },
      };
    }),
  }),
  ranked: true,
  graded: true,
};
