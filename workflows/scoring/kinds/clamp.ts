import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { capFindings } from '../fixed.ts';
import { type Kind, type Named, named } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/** 封顶、保底: not below `floor`, not above `cap`. */
export const clampSchema = z.strictObject({
  kind: z.literal('clamp'),
  ...named,
  of: rule(),
  floor: rule().optional(),
  cap: rule().optional(),
});
export interface Clamp extends Named {
  kind: 'clamp';
  of: Rule;
  floor?: Rule | undefined;
  cap?: Rule | undefined;
}

export const clamp: Kind<Clamp> = {
  title: { zh: '封顶保底', en: 'cap and floor' },
  open: ({ of, floor, cap }, scope) => [
    evaluate(of, within(scope, 'of'), 'of'),
    ...(floor === undefined ? [] : [evaluate(floor, within(scope, 'floor'), 'floor')]),
    ...(cap === undefined ? [] : [evaluate(cap, within(scope, 'cap'), 'cap')]),
  ],
  value: (operands) => {
    const [of, floor, cap] = [operands.amount('of'), operands.amount('floor'), operands.amount('cap')];
    if (!of) return null;
    const raised = floor && of.exact.lt(floor.exact) ? floor : of;
    return cap && raised.exact.gt(cap.exact) ? cap : raised;
  },
  lint: ({ floor, cap }, path) => capFindings(floor, cap, path),
  words: ({ of, each, pick }) =>
    [
      of('of'),
      ...each('floor').map((floor) => pick(`不低于 ${floor}`, `not below ${floor}`)),
      ...each('cap').map((cap) => pick(`不高于 ${cap}`, `not above ${cap}`)),
    ].join(pick('，', ', ')),
};
