import { z } from 'zod';
import { decimalSchema, shareSchema } from '../decimal.ts';
import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import { unitsOf } from './amount.ts';
import { amountSchema } from './schema.ts';

/**
 * 专项目标, as 杭州 2018 has it: who leads a special goal may give a bonus only where more than the share `lost` of units lost points,
 * to at most so many `units`, each at most the share `bonus` of the goal's points. A unit gets at most `total` over all goals, and loses
 * at most `total`; `deductions` by grade.
 */
export const specialSchema = z.strictObject({
  lost: shareSchema,
  units: amountSchema,
  bonus: shareSchema,
  total: decimalSchema,
  deductions: z.record(z.string(), decimalSchema),
});
export type SpecialRule = z.infer<typeof specialSchema>;

export interface SpecialGoal {
  key: string;
  /** What the goal is worth. */
  points: string;
  /** False: the detail file was not handed in, so no bonus may be given. */
  detail: boolean;
  units: { id: string; grade: string; bonus?: string }[];
}

/** Why the bonuses of a goal may not stand; empty when they may. */
export function refusedBonuses(rule: SpecialRule, goal: SpecialGoal): Text[] {
  const n = goal.units.length;
  const given = goal.units.filter(({ bonus }) => bonus !== undefined && !new Exact(bonus).isZero());
  if (given.length === 0) return [];
  const why: Text[] = [];
  if (!goal.detail) why.push({ zh: '未提供考核明细', en: 'the detail file is missing' });
  const lost = goal.units.filter(({ grade }) => rule.deductions[grade] !== undefined).length;
  if (new Exact(lost).lte(new Exact(rule.lost).times(n)))
    why.push({
      zh: `${n} 个单位中仅 ${lost} 个失分，须超过 ${rule.lost}`,
      en: `${lost} of ${n} units lost points, it must be more than ${rule.lost}`,
    });
  const most = unitsOf(rule.units, n);
  if (given.length > most)
    why.push({
      zh: `加分单位 ${given.length} 个，最多 ${most} 个`,
      en: `${given.length} units get a bonus, at most ${most} may`,
    });
  const limit = new Exact(goal.points).times(rule.bonus);
  for (const { id, bonus } of given)
    if (bonus !== undefined && limit.lt(bonus))
      why.push({
        zh: `${id} 加 ${bonus} 分，最多 ${limit.toFixed()} 分`,
        en: `${id} gets ${bonus}, at most ${limit.toFixed()} may be given`,
      });
  return why;
}

/**
 * What a unit gains and loses over all special goals, each capped.
 * @throws when a bonus may not stand
 */
export function specialPoints(
  rule: SpecialRule,
  goals: readonly SpecialGoal[],
  id: string,
): { bonus: string; deduction: string } {
  let [bonus, deduction] = [new Exact(0), new Exact(0)];
  for (const goal of goals) {
    const refused = refusedBonuses(rule, goal)[0];
    if (refused) throw new Error(`${goal.key}: ${refused.en}`);
    const unit = goal.units.find((each) => each.id === id);
    if (!unit) continue;
    bonus = bonus.plus(unit.bonus ?? 0);
    deduction = deduction.plus(rule.deductions[unit.grade] ?? 0);
  }
  const cap = new Exact(rule.total);
  return { bonus: Exact.min(bonus, cap).toFixed(), deduction: Exact.max(deduction, cap.neg()).toFixed() };
}
