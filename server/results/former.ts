import type { Json } from '../../workflows/json.ts';
import type { Service } from '../engine/service.ts';

/** `former`: a value of the unit in the last earlier cycle of the same template that came to one; null where none did. */
export const former: Service = async ({ pool, cycleId, orgId, block }): Promise<Json> => {
  if (block.type !== 'compute' || block.rule.kind !== 'former') throw new Error(`"${block.key}" looks nothing up`);
  if (orgId === null) throw new Error(`"${block.key}" is no block of a participant`);
  const { rows } = await pool.query<{ value: Json }>(
    `SELECT k.snapshot->'context'->'data'->$3::text AS value FROM cycles now JOIN cycles former ON former.template_key = now.template_key
     JOIN cases k ON k.cycle_id = former.id AND k.kind = 'participant'
     WHERE now.id = $1 AND k.org_id = $2 AND former.year < now.year AND former.status <> 'cancelled'
       AND json_typeof((k.snapshot->'context'->'data'->$3::text)::json) <> 'null'
     ORDER BY former.year DESC, former.launched_at DESC, former.id LIMIT 1`,
    [cycleId, orgId, block.rule.value],
  );
  return rows[0]?.value ?? null;
};
