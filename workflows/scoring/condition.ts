import { z } from 'zod';
import { close, evaluate } from './evaluate.ts';
import { amount } from './exact.ts';
import { evaluateFormula, formulaOf, openFormula } from './formula.ts';
import { contains, intervalOf, intervalSchema } from './interval.ts';
import { type Kind, type Operand, setting } from './kind.ts';
import { type Rule, rule } from './rule.ts';
import { type Scope, within } from './scope.ts';

/** When something holds: a FEEL condition, or a value that lies in an interval (exact). Unknown is not yes. */
export type Condition = string | { value: Rule; in: string };

export function condition(): z.ZodType<Condition> {
  return z.lazy(() => z.union([z.strictObject({ value: rule(), in: intervalSchema }), z.string().min(1).max(2000)]));
}

/** A condition as a line whose value is 1 (holds) or 0. */
export function openCondition(when: Condition, scope: Scope, as: string): Operand {
  const kind = { kind: 'condition', if: when } as const;
  return close(conditionKind, kind, as, conditionKind.open(kind, scope), scope.place);
}

interface ConditionLine {
  kind: 'condition';
  if: Condition;
}

/** The line of a condition; it stands in explanations only, inside `choose` and `veto`. */
export const conditionKind: Kind<ConditionLine> = {
  title: { zh: '条件', en: 'condition' },
  open: ({ if: when }, scope) =>
    typeof when === 'string'
      ? openFormula(when, scope)
      : [setting('in', when.in), evaluate(when.value, within(scope, 'value'), 'value')],
  value: (operands) => {
    const within = operands.setting('in');
    if (typeof within !== 'string') return amount(evaluateFormula(operands) === true ? 1 : 0);
    const value = operands.exact('value');
    return amount(value && contains(intervalOf(within), value) ? 1 : 0);
  },
  words: ({ line, of, told, pick }) => {
    const range = told('in');
    const what = typeof range === 'string' ? `${of('value')} ∈ ${range}` : formulaOf(line.inputs);
    return line.value === '1'
      ? pick(`${what}：成立`, `${what}: holds`)
      : pick(`${what}：不成立`, `${what}: does not hold`);
  },
};
