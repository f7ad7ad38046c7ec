import { z } from 'zod';
import { type Condition, condition, openCondition } from '../condition.ts';
import { evaluate } from '../evaluate.ts';
import { type Kind, type Named, named, type Operand } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/** 择一: the first rule whose condition holds; else `else`; without it, not applicable. */
export const chooseSchema = z.strictObject({
  kind: z.literal('choose'),
  ...named,
  when: z
    .array(z.strictObject({ if: condition(), gives: rule() }))
    .min(1)
    .max(100),
  else: rule().optional(),
});
export interface Choose extends Named {
  kind: 'choose';
  when: { if: Condition; gives: Rule }[];
  else?: Rule | undefined;
}

export const choose: Kind<Choose> = {
  title: { zh: '择一', en: 'choice' },
  open: (rule, scope) => {
    const asked: Operand[] = [];
    for (const [i, one] of rule.when.entries()) {
      const held = openCondition(one.if, within(scope, 'when', i, 'if'), 'if');
      asked.push(held);
      if (!held.amount?.exact.isZero())
        return [...asked, evaluate(one.gives, within(scope, 'when', i, 'gives'), 'then')];
    }
    return rule.else === undefined ? asked : [...asked, evaluate(rule.else, within(scope, 'else'), 'else')];
  },
  value: (operands) => {
    const held = operands.applying('if').some((one) => !one.isZero());
    return operands.amount(held ? 'then' : 'else');
  },
  words: ({ each }) => [...each('then'), ...each('else')].join(''),
};
