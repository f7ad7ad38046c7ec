import type { Json } from '../../workflows/json.ts';
import type { Service } from '../engine/service.ts';
import { earlierInMeeting, valueSql } from './values.ts';

/**
 * Ranks every participant by a value inside its category, set-based. Ties share a rank; a category that is not ranked, and
 * whoever is excepted, gets none. The value is one that the participants have, or that a block of the cycle gave them.
 */
export const rank: Service = async ({ pool, cycleId, template, block }): Promise<Json> => {
  if (block.type !== 'compute' || block.rule.kind !== 'rank') throw new Error(`"${block.key}" does not rank`);
  const { by, direction, except = [] } = block.rule;
  const ranked = Object.entries(template.categories).flatMap(([category, { ranked: yes }]) => (yes ? [category] : []));
  const { rowCount } = await pool.query(
    `WITH scored AS (
       SELECT c.id, c.org_id, p.category, o.code, ${valueSql('$1', '$3::text', '$7')} AS score
       FROM cases c JOIN cycle_participants p ON p.case_id = c.id JOIN org_units o ON o.id = c.org_id
       WHERE c.cycle_id = $1 AND c.kind = 'participant' AND c.status <> 'cancelled'
     ), placed AS (
       SELECT *, category = ANY($4) AND NOT (category = ANY($6) OR code = ANY($6)) AS competes FROM scored WHERE score IS NOT NULL
     ), ranks AS (
       SELECT *, CASE WHEN competes THEN rank() OVER (PARTITION BY category, competes ORDER BY score ${direction === 'up' ? 'DESC' : 'ASC'}) END AS rank,
         count(*) OVER (PARTITION BY category, competes) AS rank_of
       FROM placed
     ), gone AS (
       DELETE FROM results WHERE cycle_id = $1 AND block = $2 AND case_id NOT IN (SELECT id FROM ranks)
     )
     INSERT INTO results (cycle_id, block, case_id, org_id, category, score, rank, rank_of, handed)
     SELECT $1, $2, id, org_id, category, score, rank, rank_of,
       json_build_object($5::text, json_build_object('score', trim_scale(score)::text, 'rank', rank, 'rankOf', rank_of)) FROM ranks
     ON CONFLICT (cycle_id, block, case_id) DO UPDATE
       SET score = excluded.score, rank = excluded.rank, rank_of = excluded.rank_of, handed = excluded.handed, at = excluded.at`,
    [cycleId, block.key, by, ranked, block.into, except, earlierInMeeting(template, block.key)],
  );
  return { ranked: rowCount ?? 0 };
};
