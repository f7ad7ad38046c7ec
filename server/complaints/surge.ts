import { v7 as uuidv7 } from 'uuid';
import type { Json } from '../../workflows/json.ts';
import { spanOf } from '../../workflows/machine/items.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import { transaction } from '../db/transaction.ts';
import { uuidOf } from '../engine/logic.ts';
import type { Service } from '../engine/service.ts';

interface Count {
  topic: string;
  place: string;
  requests: number;
  earlier: number;
}

/** Complaints of a unit by category and place: of the city's days from $2 to $3, and of as many days before. */
const COUNTS = `
  SELECT coalesce(category, '') AS topic, coalesce(place, '') AS place, count(*) FILTER (WHERE day >= $2::date)::int AS requests,
    count(*) FILTER (WHERE day < $2::date)::int AS earlier
  FROM (SELECT category, place, (received_at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM complaints WHERE org_id = $1) c
  WHERE day BETWEEN $2::date - ($3::date - $2::date + 1) AND $3::date GROUP BY 1, 2 ORDER BY 1, 2`;

/**
 * `surge`: where the unit's complaints of the period are more than `over` times those of as many days before, and `least` at the
 * least, there is a finding, once. Gives `{requests, surges, text}`: how many came in, how many surges there are, and which.
 */
export const surge: Service = async ({ pool, caseId, cycleId, orgId, block, context, item, at }): Promise<Json> => {
  if (block.type !== 'compute' || block.rule.kind !== 'surge') throw new Error(`"${block.key}" looks for no surge`);
  if (orgId === null) throw new Error(`"${block.key}" is no block of a participant`);
  const { over, least = 1 } = block.rule;
  const { start: from, end: until } = spanOf(item, context.facts.period);
  const { rows } = await pool.query<Count>(COUNTS, [orgId, from, until]);
  const surges = rows.filter(
    ({ requests, earlier }) => requests >= least && new Exact(requests).gt(new Exact(over).times(earlier)),
  );
  const by = context.lastActor;
  if (surges.length > 0 && by)
    await transaction(pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`findings/${cycleId}`]);
      const known = await client.query<{ id: string }>(
        'SELECT source_id AS id FROM findings WHERE cycle_id = $1 AND org_id = $2',
        [cycleId, orgId],
      );
      const ids = new Set(known.rows.map(({ id }) => id));
      const found = surges
        .map((one) => ({
          id: uuidv7(),
          what: whatOf(one, until),
          source: uuidOf(caseId, `surge/${until}/${one.topic}/${one.place}`),
        }))
        .filter(({ source }) => !ids.has(source))
        .map((one, i) => ({ ...one, place: i + 1 }));
      await client.query(
        `INSERT INTO findings (id, cycle_id, org_id, number, source, source_id, severity, what, state, found_by, found_at)
         SELECT f.id, $1, $2, (SELECT coalesce(max(number), 0) FROM findings WHERE cycle_id = $1) + f.place, 'complaint', f.source, 'minor', f.what,
           'open', $3, $4 FROM json_to_recordset($5::json) AS f(id uuid, place int, what text, source uuid)`,
        [cycleId, orgId, by, at, JSON.stringify(found)],
      );
    });
  return {
    requests: rows.reduce((sum, { requests }) => sum + requests, 0),
    surges: surges.length,
    text: surges.map((one) => `${nameOf(one)} ${one.requests}（上期 ${one.earlier}）`).join('；'),
  };
};

const nameOf = ({ topic, place }: Count): string =>
  [topic || '未分类', place].filter((part) => part !== '').join(' · ');

const whatOf = (one: Count, until: string): string =>
  `诉求激增：${nameOf(one)}，截至 ${until} 的一期 ${one.requests} 件，上期 ${one.earlier} 件。`;
