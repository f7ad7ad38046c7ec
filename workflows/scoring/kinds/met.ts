import { z } from 'zod';
import { targetMet } from '../../series/target.ts';
import { evaluate } from '../evaluate.ts';
import { amount } from '../exact.ts';
import { type Direction, type Judged, judged, openJudged } from '../judged.ts';
import { type Kind, type Named, named } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/** 达标得满分，不达标不得分: `full` (1) where the target is met, else 0. No value or no target: not rated. */
export const metSchema = z.strictObject({ kind: z.literal('met'), ...named, ...judged, full: rule().optional() });
export interface Met extends Named, Judged {
  kind: 'met';
  full?: Rule | undefined;
}

export const met: Kind<Met> = {
  title: { zh: '达标', en: 'target met' },
  open: (rule, scope) => [...openJudged(rule, scope), evaluate(rule.full ?? '1', within(scope, 'full'), 'full')],
  value: (operands) => {
    const text = (as: string) => operands.amount(as)?.text ?? null;
    const aim = { direction: operands.setting('direction') as Direction, target: text('target') };
    const met = targetMet({ ...aim, low: text('low'), high: text('high') }, text('of'));
    if (met === null) return null;
    return met ? operands.amount('full') : amount(0);
  },
  words: ({ of, told, pick }) => {
    const direction = told('direction');
    const asked =
      direction === 'band' ? `∈ [${of('low')}, ${of('high')}]` : `${direction === 'down' ? '≤' : '≥'} ${of('target')}`;
    return pick(`${of('of')} ${asked}，达标得 ${of('full')}`, `${of('of')} ${asked}, met: ${of('full')}`);
  },
};
