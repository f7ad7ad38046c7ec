import type pg from 'pg';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { scoreBlocks } from '../scoring/runs.ts';

type Queryable = Pick<pg.Pool, 'query'>;
interface Found {
  caseId: string;
  reason: Text;
}

/** Why a good grade is ruled out (一票否决), by case: the approved vetoes of the ledger, and those that the scoring rules found. */
export async function vetoesOf(db: Queryable, cycleId: string, template: CycleTemplate): Promise<Map<string, Text>> {
  const vetoes = new Map<string, Text>();
  for (const { caseId, reason } of [
    ...(await ofLedger(db, cycleId, template)),
    ...(await ofScores(db, cycleId, template)),
  ]) {
    const before = vetoes.get(caseId);
    vetoes.set(caseId, before ? { zh: `${before.zh}；${reason.zh}`, en: `${before.en}; ${reason.en}` } : reason);
  }
  return vetoes;
}

async function ofLedger(db: Queryable, cycleId: string, template: CycleTemplate): Promise<Found[]> {
  const { rows } = await db.query<{ caseId: string; item: string; reason: string }>(
    `SELECT case_id AS "caseId", item, reason FROM adjustments WHERE cycle_id = $1 AND kind = 'veto' AND state = 'approved' ORDER BY id`,
    [cycleId],
  );
  return rows.map(({ caseId, item, reason }) => {
    const name = template.adjustments?.items.find(({ key }) => key === item)?.name ?? { zh: item, en: item };
    return { caseId, reason: { zh: `${name.zh}（${reason}）`, en: `${name.en} (${reason})` } };
  });
}

/** Of the runs that count. Where several blocks give the same value, such as one that scores again after appeals, the last one says. */
async function ofScores(db: Queryable, cycleId: string, template: CycleTemplate): Promise<Found[]> {
  const intoOf = new Map(scoreBlocks(template).map(({ key, into }) => [key, into]));
  if (intoOf.size === 0) return [];
  const { rows: runs } = await db.query<{ id: string; block: string }>(
    `SELECT id, block FROM score_runs WHERE cycle_id = $1 AND state = 'accepted' ORDER BY made_at, id`,
    [cycleId],
  );
  const last = new Map(runs.map(({ id, block }) => [intoOf.get(block) ?? block, id]));
  const { rows } = await db.query<Found>(
    `SELECT case_id AS "caseId", veto->'reason' AS reason FROM scores
     WHERE run_id = ANY($1::uuid[]) AND veto->>'grade' = 'lowest' ORDER BY run_id, case_id`,
    [[...last.values()]],
  );
  return rows;
}
