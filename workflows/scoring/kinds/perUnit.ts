import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { amount, Exact, settled } from '../exact.ts';
import { capFindings, divisorFindings } from '../fixed.ts';
import { type Kind, type Named, named, type Operands, setting } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/**
 * 按单位加减分: `base` and `points` (negative: taken off) for every `unit` (1) that `of` lies over, or under, the `limit` (0), not below
 * `floor`, not above `cap`. `counted`: parts of a unit count (`exact`), do not (`full`), or count whole (`begun`).
 */
export const perUnitSchema = z.strictObject({
  kind: z.literal('perUnit'),
  ...named,
  base: rule(),
  of: rule(),
  limit: rule().optional(),
  side: z.enum(['over', 'under']),
  points: rule(),
  unit: rule().optional(),
  counted: z.enum(['exact', 'full', 'begun']).optional(),
  floor: rule().optional(),
  cap: rule().optional(),
});
export interface PerUnit extends Named {
  kind: 'perUnit';
  base: Rule;
  of: Rule;
  limit?: Rule | undefined;
  side: 'over' | 'under';
  points: Rule;
  unit?: Rule | undefined;
  counted?: 'exact' | 'full' | 'begun' | undefined;
  floor?: Rule | undefined;
  cap?: Rule | undefined;
}

export const perUnit: Kind<PerUnit> = {
  title: { zh: '按单位加减分', en: 'points per unit' },
  open: (rule, scope) => [
    ...(
      [
        ['base', rule.base],
        ['of', rule.of],
        ['limit', rule.limit ?? '0'],
        ['points', rule.points],
        ['unit', rule.unit ?? '1'],
        ['floor', rule.floor],
        ['cap', rule.cap],
      ] as const
    ).flatMap(([as, one]) => (one === undefined ? [] : [evaluate(one, within(scope, as), as)])),
    setting('side', rule.side),
    setting('counted', rule.counted ?? 'exact'),
  ],
  value: (operands) => {
    const [base, points] = [operands.exact('base'), operands.exact('points')];
    const units = unitsOf(operands);
    if (!base || !points || !units) return null;
    const [floor, cap] = [operands.exact('floor'), operands.exact('cap')];
    const score = base.plus(points.times(units));
    const raised = floor && score.lt(floor) ? floor : score;
    return amount(cap && raised.gt(cap) ? cap : raised);
  },
  lint: ({ floor, cap, unit }, path) => [...capFindings(floor, cap, path), ...divisorFindings(unit, [...path, 'unit'])],
  words: ({ of, each, told, pick }) => {
    const side = told('side');
    const said = pick(
      `${of('base')}，${of('of')} 每${side === 'over' ? '超过' : '低于'} ${of('limit')} ${of('unit')} 个单位计 ${of('points')}`,
      `${of('base')}, and ${of('points')} for every ${of('unit')} that ${of('of')} is ${side} ${of('limit')}`,
    );
    return [
      said,
      ...each('floor').map((floor) => pick(`不低于 ${floor}`, `not below ${floor}`)),
      ...each('cap').map((cap) => pick(`不高于 ${cap}`, `not above ${cap}`)),
    ].join(pick('，', ', '));
  },
};

function unitsOf(operands: Operands): Decimal | null {
  const [of, limit, unit] = [operands.exact('of'), operands.exact('limit'), operands.exact('unit')];
  if (!of || !limit || !unit) return null;
  const beyond = operands.setting('side') === 'over' ? of.minus(limit) : limit.minus(of);
  if (beyond.lte(0)) return new Exact(0);
  const units = settled(operands.divide(beyond, unit, 'unit'));
  if (operands.setting('counted') === 'full') return units.floor();
  return operands.setting('counted') === 'begun' ? units.ceil() : units;
}
