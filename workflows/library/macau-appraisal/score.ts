import type { Rule } from '../../scoring/rule.ts';
import { rounded } from '../parts/judging.ts';
import { appliesKey, CHOSEN, CORE } from './marks.ts';

/** The mean of the marks that apply: what does not apply to the post leaves the sum and what it is divided by. */
export const appraisalMark: Rule = rounded({
  kind: 'mean',
  of: [
    ...CORE.map(({ key, name }): Rule => ({ kind: 'input', key, name, path: `values.${key}`, required: true })),
    ...CHOSEN.map(
      (one): Rule => ({
        kind: 'choose',
        key: one.key,
        name: one.name,
        when: [{ if: `values.${appliesKey(one)} = true`, gives: `values.${one.key}` }],
      }),
    ),
  ],
});
