import { OVERALL } from '../../workflows/ballots/sheet.ts';
import type { Json } from '../../workflows/json.ts';
import { evaluateRule } from '../../workflows/scoring/evaluate.ts';
import { transaction } from '../db/transaction.ts';
import type { Service } from '../engine/service.ts';
import { closeRounds } from './close.ts';
import { countBallots, lastRounds, takeCounted } from './count.ts';
import { readParticipants } from './participants.ts';

/**
 * `survey`: what a group of assessors says of each participant in its last round, as the mean of its layers by their weights. A value
 * beside the results: it neither is the unit's score nor ranks it. Null for those of whom too few said something.
 */
export const survey: Service = async ({ pool, cycleId, template, block, at }): Promise<Json> => {
  if (block.type !== 'compute' || block.rule.kind !== 'survey') throw new Error(`"${block.key}" counts no survey`);
  const { rule, into, key } = block;
  await closeRounds(pool, { cycleId, at });
  return transaction(pool, async (client) => {
    const participants = await readParticipants(client, cycleId);
    const groups = (template.assessors ?? []).filter((group) => group.key === rule.group);
    const rounds = await lastRounds(client, cycleId, groups);
    if (rounds.length > 0) await countBallots(client, rounds);
    const counted = rounds.length > 0 ? await takeCounted(client, rounds, participants) : new Map();
    const said = participants.map(({ caseId, orgId, name, category }) => {
      const data = {
        values: {},
        participant: { id: orgId, name, category },
        indicators: [],
        ballots: counted.get(caseId) ?? {},
        adjustments: [],
        history: [],
      };
      const { value } = evaluateRule({ kind: 'raters', of: `ballots.${rule.group}.${OVERALL}` }, data);
      return { caseId, orgId, category, handed: { [into]: value } };
    });
    await client.query(
      `INSERT INTO results (cycle_id, block, case_id, org_id, category, handed)
       SELECT $1, $2, "caseId", "orgId", category, handed FROM json_to_recordset($3::json) AS s("caseId" uuid, "orgId" uuid, category text, handed json)
       ON CONFLICT (cycle_id, block, case_id) DO UPDATE SET handed = excluded.handed, at = excluded.at`,
      [cycleId, key, JSON.stringify(said)],
    );
    const heard = said.filter(({ handed }) => handed[into] !== null).length;
    return { heard, silent: said.length - heard };
  });
};
