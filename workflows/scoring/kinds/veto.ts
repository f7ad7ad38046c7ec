import { z } from 'zod';
import { type Text, textSchema } from '../../text.ts';
import { type Condition, condition, openCondition } from '../condition.ts';
import { evaluate } from '../evaluate.ts';
import { type Kind, type Named, named } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/**
 * 一票否决: where the condition holds, the score is `score` (and `of` is not even looked at), or the unit goes straight to the lowest
 * grade with the score that it has, or both. Else it is `of`.
 */
export const vetoSchema = z
  .strictObject({
    kind: z.literal('veto'),
    ...named,
    if: condition(),
    reason: textSchema,
    score: rule().optional(),
    grade: z.literal('lowest').optional(),
    of: rule(),
  })
  .refine((one) => one.score !== undefined || one.grade !== undefined, {
    message: 'a veto gives a score, a grade or both',
    path: ['grade'],
  });
export interface VetoRule extends Named {
  kind: 'veto';
  if: Condition;
  reason: Text;
  score?: Rule | undefined;
  grade?: 'lowest' | undefined;
  of: Rule;
}

export const veto: Kind<VetoRule> = {
  title: { zh: '一票否决', en: 'veto' },
  open: (rule, scope) => {
    const held = openCondition(rule.if, within(scope, 'if'), 'if');
    const fixed = !held.amount?.exact.isZero() && rule.score !== undefined;
    return [
      held,
      fixed
        ? evaluate(rule.score ?? rule.of, within(scope, 'score'), 'score')
        : evaluate(rule.of, within(scope, 'of'), 'of'),
    ];
  },
  value: (operands) => operands.amount(operands.has('score') && !operands.exact('if')?.isZero() ? 'score' : 'of'),
  veto: ({ reason, grade }, operands) =>
    operands.exact('if')?.isZero() ? undefined : { reason, ...(grade && { grade }) },
  words: ({ line, each, language, pick }) => {
    const value = [...each('score'), ...each('of')].join('');
    if (!line.veto) return value;
    const reason = line.veto.reason[language];
    const lowest = line.veto.grade ? pick('，直接定为最低等次', ', straight to the lowest grade') : '';
    return pick(`一票否决（${reason}）${lowest}：${value}`, `veto (${reason})${lowest}: ${value}`);
  },
};
