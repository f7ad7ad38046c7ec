import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { amount } from '../exact.ts';
import { type Kind, type Named, named } from '../kind.ts';
import { openParts, type Parts, parts } from '../parts.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/** 扣减: `from` less each of the parts that apply. */
export const minusSchema = z.strictObject({ kind: z.literal('minus'), ...named, from: rule(), of: parts() });
export interface Minus extends Named {
  kind: 'minus';
  from: Rule;
  of: Parts;
}

export const minus: Kind<Minus> = {
  title: { zh: '扣减', en: 'less' },
  open: ({ from, of }, scope) => [evaluate(from, within(scope, 'from'), 'from'), ...openParts(of, scope)],
  value: (operands) => {
    const from = operands.exact('from');
    return from && amount(operands.applying('of').reduce((left, one) => left.minus(one), from));
  },
  words: ({ of, each }) => [of('from'), ...each('of')].join(' − '),
};
