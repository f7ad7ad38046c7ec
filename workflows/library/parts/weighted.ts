import type { Rule } from '../../scoring/rule.ts';

/** Values of the case by their weights (together 100), each of them required; rounded to cents. */
export const weightedSum = (parts: readonly (readonly [value: string, weight: string])[]): Rule => ({
  kind: 'round',
  places: 2,
  mode: 'halfUp',
  of: {
    kind: 'composite',
    of: parts.map(([value, weight]) => ({
      weight,
      rule: { kind: 'input', path: `values.${value}`, required: true },
    })),
  },
});
