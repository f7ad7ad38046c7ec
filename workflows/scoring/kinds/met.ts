import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { amount, settled } from '../exact.ts';
import { type Judged, judged, openJudged } from '../judged.ts';
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
    const [given, full] = [operands.exact('of'), operands.amount('full')];
    const direction = operands.setting('direction');
    const low = operands.exact(direction === 'up' ? 'target' : 'low');
    const high = operands.exact(direction === 'down' ? 'target' : 'high');
    if (!given || !full || (!low && !high)) return null;
    const of = settled(given);
    return (low && of.lt(low)) || (high && of.gt(high)) ? amount(0) : full;
  },
  words: ({ of, told, pick }) => {
    const direction = told('direction');
    const asked =
      direction === 'band' ? `∈ [${of('low')}, ${of('high')}]` : `${direction === 'down' ? '≤' : '≥'} ${of('target')}`;
    return pick(`${of('of')} ${asked}，达标得 ${of('full')}`, `${of('of')} ${asked}, met: ${of('full')}`);
  },
};
