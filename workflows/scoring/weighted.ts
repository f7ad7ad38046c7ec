import { Decimal } from 'decimal.js';
import type { ComputeBlock } from '../template/block.ts';
import { Exact } from './exact.ts';

type Weighted = Extract<ComputeBlock['rule'], { kind: 'weighted' }>;

const MODES = {
  halfUp: Decimal.ROUND_HALF_UP,
  halfEven: Decimal.ROUND_HALF_EVEN,
  ceil: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
} as const;

/**
 * The weighted sum of parts, exact, rounded once at the end as the rule states.
 * @param rule parts with weights (decimals that add up to 1) and the rounding
 * @param values the parts' values by name, decimals as text
 * @throws when a part has no value: it is never taken as 0
 */
export function weightedScore(rule: Weighted, values: Readonly<Record<string, unknown>>): string {
  const sum = rule.parts.reduce((total, part) => {
    const value = values[part.value];
    if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`no value for "${part.value}"`);
    return total.plus(new Exact(value).times(part.weight));
  }, new Exact(0));
  return sum.toFixed(rule.round.places, MODES[rule.round.mode]);
}
