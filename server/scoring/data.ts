import type { JsonObject } from '../../workflows/json.ts';
import type { ScoreData, YearData } from '../../workflows/scoring/data.ts';
import type { Rule } from '../../workflows/scoring/rule.ts';
import { readAdjustments } from '../adjustments/read.ts';
import { type Counted, takeCounted } from '../ballots/count.ts';
import type { Participant } from '../ballots/participants.ts';
import { overPg } from '../db/sql.ts';
import type { Queryable } from '../engine/rows.ts';
import { scoreIndicators } from '../indicators/score.ts';

/** What the scores of a cycle are computed from, beside the participants' own. */
export interface Sources {
  cycleId: string;
  rule: Rule;
  /** Where the ballots stand that were counted. */
  rounds: readonly Counted[];
  /** Blocks of the same meeting that come before: what they hand out is not in the cases yet. */
  earlier: readonly string[];
  /** Earlier years, by case. */
  history: ReadonlyMap<string, YearData[]>;
}

/** The data of some participants, as a scoring rule sees it. What the rule does not name is not read. */
export async function readScoreData(
  db: Queryable,
  { cycleId, rule, rounds, earlier, history }: Sources,
  participants: readonly Participant[],
): Promise<Map<string, ScoreData>> {
  const ids = participants.map(({ caseId }) => caseId);
  const text = JSON.stringify(rule);
  const names = (root: string) => text.includes(root);
  const values = await readValues(db, cycleId, ids, earlier);
  const indicators = names('indicators')
    ? await scoreIndicators(
        overPg(db),
        cycleId,
        participants.map(({ orgId }) => orgId),
        { periods: names('periods') },
      )
    : new Map();
  const ballots = names('ballots') ? await takeCounted(db, rounds, participants) : new Map();
  const adjustments = await readAdjustments(db, cycleId, ids);
  return new Map(
    participants.map(({ caseId, orgId, name, category }): [string, ScoreData] => [
      caseId,
      {
        values: values.get(caseId) ?? {},
        participant: { id: orgId, name, category },
        indicators: indicators.get(orgId) ?? [],
        ballots: ballots.get(caseId) ?? {},
        adjustments: adjustments.get(caseId) ?? [],
        history: history.get(caseId) ?? [],
      },
    ]),
  );
}

/** What the cases know, and what the blocks before have just handed out. */
async function readValues(
  db: Queryable,
  cycleId: string,
  ids: readonly string[],
  earlier: readonly string[],
): Promise<Map<string, JsonObject>> {
  const { rows } = await db.query<{ id: string; data: JsonObject; handed: JsonObject[] }>(
    `SELECT c.id, c.snapshot->'context'->'data' AS data,
       (SELECT coalesce(json_agg(r.handed ORDER BY array_position($3::text[], r.block)), '[]') FROM results r
        WHERE r.cycle_id = $1 AND r.case_id = c.id AND r.block = ANY($3::text[]) AND r.handed IS NOT NULL) AS handed
     FROM cases c WHERE c.id = ANY($2::uuid[])`,
    [cycleId, ids, earlier],
  );
  return new Map(rows.map(({ id, data, handed }) => [id, Object.assign({}, data, ...handed)]));
}
