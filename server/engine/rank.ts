import { blockByKey } from '../../workflows/machine/track.ts';
import { ProblemError } from '../http/problem.ts';
import { applyStep, type Core } from './core.ts';

/**
 * Carries out a `rank` block: every participant's value, ranked inside its category (ties share a rank; a category that is not
 * ranked gets none), set-based. May be repeated: the same round gives the same rows.
 */
export async function rank(
  core: Core,
  { caseId, block: key, round }: { caseId: string; block: string; round: number },
): Promise<void> {
  const entry = await core.store.load(caseId);
  const live = entry.snapshot.context.live[key];
  const template = entry.logic.definition?.template;
  const block = template && blockByKey(template, key);
  if (
    !template ||
    block?.type !== 'compute' ||
    block.rule.kind !== 'rank' ||
    live?.round !== round ||
    entry.status !== 'active'
  )
    return;
  const ranked = Object.entries(template.categories).flatMap(([category, { ranked: yes }]) => (yes ? [category] : []));
  const order = block.rule.direction === 'up' ? 'DESC' : 'ASC';
  const { rowCount } = await core.pool.query(
    `WITH scored AS (
       SELECT c.id, c.org_id, p.category, (c.snapshot->'context'->'data'->>$3)::numeric AS score
       FROM cases c JOIN cycle_participants p ON p.case_id = c.id WHERE c.cycle_id = $1 AND c.kind = 'participant' AND c.status <> 'cancelled'
     )
     INSERT INTO results (cycle_id, block, case_id, org_id, category, score, rank, rank_of)
     SELECT $1, $2, id, org_id, category, score, CASE WHEN category = ANY($4) THEN rank() OVER (PARTITION BY category ORDER BY score ${order}) END,
       count(*) OVER (PARTITION BY category)
     FROM scored WHERE score IS NOT NULL
     ON CONFLICT (cycle_id, block, case_id) DO UPDATE SET score = excluded.score, rank = excluded.rank, rank_of = excluded.rank_of`,
    [entry.cycleId, key, block.rule.by, ranked],
  );
  try {
    await applyStep(core, {
      caseId,
      event: { type: 'ranked', block: key, round, data: { [block.into]: { ranked: rowCount ?? 0 } } },
    });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.id === 'engine.unavailable') throw error;
  }
}
