import { isDeepStrictEqual } from 'node:util';
import { changedRule, type Unsafe } from '../../../workflows/machine/migrate.ts';
import { blockByKey } from '../../../workflows/machine/track.ts';
import { readsOf } from '../../../workflows/scoring/reads.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import type { Queryable } from '../rows.ts';
import type { Planned } from './plan.ts';

/**
 * Adds to the cycle's own case the scores that count already and whose rule the new version changes: the rule is frozen with them,
 * and so are the groups of assessors that it names.
 */
export async function withScores(
  db: Queryable,
  cycleId: string,
  planned: Planned[],
  to: CycleTemplate,
): Promise<Planned[]> {
  if (!planned.some(({ row }) => row.kind === 'cycle')) return planned;
  const { rows } = await db.query<{ block: string }>(
    `SELECT block FROM score_runs WHERE cycle_id = $1 AND state = 'accepted' ORDER BY block`,
    [cycleId],
  );
  return planned.map((one) => {
    if (one.row.kind !== 'cycle') return one;
    const from = one.definition.template;
    const changed = rows.filter(({ block }) => !isDeepStrictEqual(scoredBy(from, block), scoredBy(to, block)));
    const unsafe: Unsafe[] = changed.map(({ block }) => changedRule(block));
    return unsafe.length > 0 ? { ...one, unsafe: [...one.unsafe, ...unsafe] } : one;
  });
}

/** All of a template that a score depends on. */
function scoredBy(template: CycleTemplate, key: string): unknown {
  const block = blockByKey(template, key);
  if (block?.type !== 'compute' || block.rule.kind !== 'score') return null;
  const { rule } = block.rule;
  const groups = new Set(readsOf(rule).flatMap(({ parts: [root, name] }) => (root === 'ballots' ? [name] : [])));
  return { rule, assessors: (template.assessors ?? []).filter((group) => groups.has(group.key)) };
}
