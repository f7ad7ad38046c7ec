import { z } from 'zod';
import { nameSchema } from '../../template/key.ts';
import { evaluate } from '../evaluate.ts';
import { type Kind, type Named, named } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { type Lets, type Scope, within } from '../scope.ts';

/** 中间值: named values that `in` and each other may use as `let.name`. Each is evaluated once, when it is first asked for. */
export const letSchema = z.strictObject({
  kind: z.literal('let'),
  ...named,
  let: z.record(nameSchema, rule()),
  in: rule(),
});
export interface Let extends Named {
  kind: 'let';
  let: Record<string, Rule>;
  in: Rule;
}

export const letKind: Kind<Let> = {
  title: { zh: '中间值', en: 'named values' },
  open: (rule, scope) => {
    const lets: Lets = { up: scope.lets, rules: rule.let, scope, done: new Map(), busy: new Set() };
    const inside: Scope = { ...within(scope, 'in'), lets };
    const result = evaluate(rule.in, inside, 'in');
    return [...lets.done.values(), result];
  },
  value: (operands) => operands.amount('in'),
  words: ({ of }) => of('in'),
};
