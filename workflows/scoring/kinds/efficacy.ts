import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { amount } from '../exact.ts';
import { fixed, zeroDivisor } from '../fixed.ts';
import { type Kind, type Named, named, type Operand } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/**
 * 功效系数: between `low` and `high` the points go evenly from `weight` × k0 to `weight` × k1. Without weight and coefficients it is the
 * share of the way from low to high, as for a key result. Where less is better, `low` is the greater number.
 */
export const efficacySchema = z.strictObject({
  kind: z.literal('efficacy'),
  ...named,
  of: rule(),
  low: rule(),
  high: rule(),
  weight: rule().optional(),
  k0: rule().optional(),
  k1: rule().optional(),
});
export interface Efficacy extends Named {
  kind: 'efficacy';
  of: Rule;
  low: Rule;
  high: Rule;
  weight?: Rule | undefined;
  k0?: Rule | undefined;
  k1?: Rule | undefined;
}

export const efficacy: Kind<Efficacy> = {
  title: { zh: '功效系数', en: 'efficacy coefficient' },
  open: (rule, scope): Operand[] =>
    (
      [
        ['of', rule.of],
        ['low', rule.low],
        ['high', rule.high],
        ['weight', rule.weight ?? '1'],
        ['k0', rule.k0 ?? '0'],
        ['k1', rule.k1 ?? '1'],
      ] as const
    ).map(([as, one]) => evaluate(one, within(scope, as), as)),
  value: (operands) => {
    const [of, low, high] = [operands.exact('of'), operands.exact('low'), operands.exact('high')];
    const [weight, k0, k1] = [operands.exact('weight'), operands.exact('k0'), operands.exact('k1')];
    if (!of || !low || !high || !weight || !k0 || !k1) return null;
    const rise = of.minus(low).times(weight).times(k1.minus(k0));
    return amount(weight.times(k0).plus(operands.divide(rise, high.minus(low), 'high')));
  },
  lint: ({ low, high }, path) => {
    const [from, to] = [fixed(low), fixed(high)];
    return from && to && from.eq(to) ? [zeroDivisor([...path, 'high'])] : [];
  },
  words: ({ of }) =>
    `${of('weight')} × ${of('k0')} + (${of('of')} − ${of('low')}) ÷ (${of('high')} − ${of('low')}) × ${of('weight')} × (${of('k1')} − ${of('k0')})`,
};
