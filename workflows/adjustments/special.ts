import { z } from 'zod';
import { shareSchema } from '../decimal.ts';
import { unitsOf } from '../grades/amount.ts';
import { amountSchema } from '../grades/schema.ts';
import { Exact } from '../scoring/exact.ts';
import { nameSchema } from '../template/key.ts';
import { type Text, textSchema } from '../text.ts';

/**
 * 专项目标, as 杭州 2018 has it: who leads a special goal may give a bonus only where more than the share `lost` of the units lost
 * points by it, to at most so many `units`, each at most the share `bonus` of the goal's points. Items of the ledger say by `goal` which
 * goal they belong to; what a unit gains and loses over all goals is capped by their group.
 */
export const specialSchema = z.strictObject({
  lost: shareSchema,
  units: amountSchema,
  bonus: shareSchema,
  goals: z.record(nameSchema, z.strictObject({ name: textSchema, points: z.string().regex(/^\d{1,9}(\.\d{1,6})?$/) })),
});
export type SpecialRule = z.infer<typeof specialSchema>;

/** How a special goal stands in the ledger, among so many units of the cycle. */
export interface SpecialStanding {
  /** What the goal is worth. */
  points: string;
  units: number;
  /** Units that lost points by it. */
  lost: number;
  /** What each unit that has a bonus by it is given, all together. */
  bonuses: readonly { unit: string; points: string }[];
}

/** Why the bonuses of a goal may not stand; empty when they may. */
export function refusedBonuses(rule: Omit<SpecialRule, 'goals'>, goal: SpecialStanding): Text[] {
  const { units, lost, bonuses } = goal;
  if (bonuses.length === 0) return [];
  const why: Text[] = [];
  if (new Exact(lost).lte(new Exact(rule.lost).times(units)))
    why.push({
      zh: `${units} 个单位中仅 ${lost} 个失分，须超过 ${percent(rule.lost)}`,
      en: `${lost} of ${units} units lost points, it must be more than ${percent(rule.lost)}`,
    });
  const most = unitsOf(rule.units, units);
  if (bonuses.length > most)
    why.push({
      zh: `加分单位 ${bonuses.length} 个，最多 ${most} 个`,
      en: `${bonuses.length} units get a bonus, at most ${most} may`,
    });
  const limit = new Exact(goal.points).times(rule.bonus);
  for (const { unit, points } of bonuses)
    if (limit.lt(points))
      why.push({
        zh: `${unit}加 ${points} 分，最多 ${limit.toFixed()} 分`,
        en: `${unit} gets ${points}, at most ${limit.toFixed()} may be given`,
      });
  return why;
}

const percent = (share: string): string => `${new Exact(share).times(100).toFixed()} %`;
