import { targetMet } from '../../workflows/series/target.ts';
import type { Sql } from '../db/sql.ts';
import { scoreIndicators } from '../indicators/score.ts';

/**
 * Which units of a cycle met all their targets. An indicator without a target, or one that does not apply, is not rated; one with a target
 * and no value did not meet it. Units that have no target at all are not in the answer.
 */
export async function unitsByTarget(sql: Sql, cycleId: string): Promise<Map<string, boolean>> {
  const byUnit = await scoreIndicators(sql, cycleId);
  return new Map(
    [...byUnit].flatMap(([orgId, indicators]): [string, boolean][] => {
      const rated = indicators.filter(
        ({ na, direction, target, low, high }) =>
          !na && (direction === 'band' ? (low ?? null) !== null || (high ?? null) !== null : target !== null),
      );
      if (rated.length === 0) return [];
      const met = rated.every(
        ({ direction, target, low, high, actual }) =>
          targetMet({ direction, target, low: low ?? null, high: high ?? null }, actual) === true,
      );
      return [[orgId, met]];
    }),
  );
}
