import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { amount, Exact } from '../exact.ts';
import { divisorFindings } from '../fixed.ts';
import { type Judged, judged, openJudged } from '../judged.ts';
import { type Kind, type Named, named, type Operands, setting } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/**
 * 完成率: the value against its target, times `full` (100). `down` is mirrored (as much below the target is worth as much as above
 * it for `up`) or, with `down: "inverse"`, target ÷ value. In a band: full inside, falling with the distance outside.
 * No value or no target: not rated. Cap and floor: `clamp`.
 */
export const attainmentSchema = z.strictObject({
  kind: z.literal('attainment'),
  ...named,
  ...judged,
  down: z.enum(['mirror', 'inverse']).optional(),
  full: rule().optional(),
});
export interface Attainment extends Named, Judged {
  kind: 'attainment';
  down?: 'mirror' | 'inverse' | undefined;
  full?: Rule | undefined;
}

export const attainment: Kind<Attainment> = {
  title: { zh: '完成率', en: 'attainment' },
  open: (rule, scope) => [
    ...openJudged(rule, scope),
    evaluate(rule.full ?? '100', within(scope, 'full'), 'full'),
    ...(rule.down === 'inverse' ? [setting('down', 'inverse')] : []),
  ],
  value: (operands) => {
    const [of, full, target] = [operands.exact('of'), operands.exact('full'), operands.exact('target')];
    if (!of || !full) return null;
    switch (operands.setting('direction')) {
      case 'up':
        return target && amount(more(operands, of, target, full, 'target'));
      case 'down':
        return target && amount(less(operands, of, target, full, 'target'));
      default: {
        const [low, high] = [operands.exact('low'), operands.exact('high')];
        if (!low && !high) return null;
        if (low && of.lt(low)) return amount(more(operands, of, low, full, 'low'));
        if (high && of.gt(high)) return amount(less(operands, of, high, full, 'high'));
        return amount(full);
      }
    }
  },
  lint: ({ target }, path) => divisorFindings(target, [...path, 'target']),
  words: ({ of, told, pick }) => {
    if (told('direction') === 'band')
      return pick(
        `${of('of')}，目标区间 ${of('low')} 至 ${of('high')}，满分 ${of('full')}`,
        `${of('of')}, to lie from ${of('low')} to ${of('high')}, full marks ${of('full')}`,
      );
    if (told('direction') === 'up') return `${of('of')} ÷ ${of('target')} × ${of('full')}`;
    return told('down') === 'inverse'
      ? `${of('target')} ÷ ${of('of')} × ${of('full')}`
      : `(2 − ${of('of')} ÷ ${of('target')}) × ${of('full')}`;
  },
};

function more(operands: Operands, of: Decimal, target: Decimal, full: Decimal, part: string): Decimal {
  return operands.divide(of.times(full), aboveZero(operands, target, part), part);
}

function less(operands: Operands, of: Decimal, target: Decimal, full: Decimal, part: string): Decimal {
  if (operands.setting('down') === 'inverse')
    return operands.divide(aboveZero(operands, target, part).times(full), aboveZero(operands, of, 'of'), 'of');
  return operands.divide(new Exact(2).times(target).minus(of).times(full), aboveZero(operands, target, part), part);
}

/** A share of something below zero would turn better into worse. */
function aboveZero(operands: Operands, divisor: Decimal, part: string): Decimal {
  if (!divisor.isNegative() || divisor.isZero()) return divisor;
  throw operands.fault(
    'negative',
    { zh: '不能对负数计算完成率。', en: 'There is no share of a negative number.' },
    { zh: '改用分档、功效系数或按单位加减分。', en: 'Use bands, the efficacy coefficient or points per unit.' },
    part,
  );
}
