import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { amount } from '../exact.ts';
import { divisorFindings } from '../fixed.ts';
import { type Kind, type Named, named, type Operand } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/** 比率: `of` divided by `to`, times `full`: to the best in class, `to` a fixed divisor such as 12 months. */
export const ratioSchema = z.strictObject({
  kind: z.literal('ratio'),
  ...named,
  of: rule(),
  to: rule(),
  full: rule().optional(),
});
export interface Ratio extends Named {
  kind: 'ratio';
  of: Rule;
  to: Rule;
  full?: Rule | undefined;
}

export const ratio: Kind<Ratio> = {
  title: { zh: '比率', en: 'ratio' },
  open: ({ of, to, full }, scope): Operand[] => [
    evaluate(of, within(scope, 'of'), 'of'),
    evaluate(to, within(scope, 'to'), 'to'),
    ...(full === undefined ? [] : [evaluate(full, within(scope, 'full'), 'full')]),
  ],
  value: (operands) => {
    const [of, to, full] = [operands.exact('of'), operands.exact('to'), operands.exact('full')];
    if (!of || !to || (operands.has('full') && !full)) return null;
    return amount(operands.divide(full ? of.times(full) : of, to, 'to'));
  },
  lint: ({ to }, path) => divisorFindings(to, [...path, 'to']),
  words: ({ of, each }) => `${of('of')} ÷ ${of('to')}${each('full').map((full) => ` × ${full}`)}`,
};
