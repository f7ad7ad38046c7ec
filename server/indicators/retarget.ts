import { isJsonObject, type Json } from '../../workflows/json.ts';
import { transaction } from '../db/transaction.ts';
import type { Service } from '../engine/service.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * `retarget`: the indicator that the item names by its `code` is due on another day, for the reason given: a version of its target that
 * moves the date, approved as the case came to it. The same again adds nothing. Gives `{code, due, version}`.
 */
export const retarget: Service = async ({ pool, cycleId, orgId, block, context, item, at }): Promise<Json> => {
  if (block.type !== 'compute' || block.rule.kind !== 'retarget') throw new Error(`"${block.key}" moves no date`);
  if (orgId === null) throw new Error(`"${block.key}" is no block of a participant`);
  const { date, reason } = block.rule;
  const row = item ?? context.facts.item;
  const code = isJsonObject(row) ? textOf(row.code) : null;
  const due = textOf(context.data[date]);
  if (code === null) throw new Error(`"${block.key}" stands in no item that names an indicator`);
  if (due === null || !DAY.test(due)) throw new Error(`"${block.key}": "${date}" is no day`);
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM cycle_indicators WHERE cycle_id = $1 AND org_id = $2 AND code = $3 FOR UPDATE',
      [cycleId, orgId, code],
    );
    const id = rows[0]?.id;
    if (id === undefined) throw new Error(`the unit has no indicator "${code}"`);
    await client.query(
      `INSERT INTO indicator_targets (cycle_indicator_id, version, value, low, high, due_on, state, reason_kind, reason, asked_by, asked_at, decided_by, decided_at)
       SELECT $1, max(t.version) + 1, last.value, last.low, last.high, $2::date, 'approved', 'delay', $3, $4, $5, $6, $5
       FROM indicator_targets t LEFT JOIN LATERAL (
         SELECT value, low, high FROM indicator_targets WHERE cycle_indicator_id = $1 AND state = 'approved' ORDER BY version DESC LIMIT 1) last ON true
       WHERE t.cycle_indicator_id = $1 GROUP BY last.value, last.low, last.high
       HAVING (SELECT due_on FROM cycle_indicators WHERE id = $1) IS DISTINCT FROM $2::date`,
      [id, due, textOf(context.data[reason]), context.initiator ?? null, at, context.lastActor ?? null],
    );
    await client.query('UPDATE cycle_indicators SET due_on = $2::date WHERE id = $1', [id, due]);
    const last = await client.query<{ version: number }>(
      'SELECT max(version) AS version FROM indicator_targets WHERE cycle_indicator_id = $1',
      [id],
    );
    return { code, due, version: last.rows[0]?.version ?? 0 };
  });
};
