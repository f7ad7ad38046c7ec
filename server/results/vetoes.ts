import type pg from 'pg';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';

/** Why a good grade is ruled out (一票否决), by case: the approved vetoes of the ledger. */
export async function vetoesOf(
  db: Pick<pg.Pool, 'query'>,
  cycleId: string,
  template: CycleTemplate,
): Promise<Map<string, Text>> {
  const { rows } = await db.query<{ caseId: string; item: string; reason: string }>(
    `SELECT case_id AS "caseId", item, reason FROM adjustments WHERE cycle_id = $1 AND kind = 'veto' AND state = 'approved' ORDER BY id`,
    [cycleId],
  );
  const vetoes = new Map<string, Text>();
  for (const { caseId, item, reason } of rows) {
    const name = template.adjustments?.items.find(({ key }) => key === item)?.name ?? { zh: item, en: item };
    const own = { zh: `${name.zh}（${reason}）`, en: `${name.en} (${reason})` };
    const before = vetoes.get(caseId);
    vetoes.set(caseId, before ? { zh: `${before.zh}；${own.zh}`, en: `${before.en}; ${own.en}` } : own);
  }
  return vetoes;
}
