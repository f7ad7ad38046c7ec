import type { Json } from '../../workflows/json.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { type Result, type Use, usesOf } from '../../workflows/uses/uses.ts';
import { overPg } from '../db/sql.ts';
import type { Decided } from './grade.ts';
import { earlierResults, type FinalResult, finalResults } from './history.ts';
import { unitsByTarget } from './targets.ts';

/** One use of a unit's result as it is kept and shown. */
export interface KeptUse {
  key: string;
  name: Text;
  effect: Use['effect'];
  because: Text;
  /** Why it is not given although it would be due. */
  withheld: Text | null;
}

/** The blocks of a template that look at rectification alone: what they give stands beside what the results gave. */
export const itemUses = (template: CycleTemplate): string[] =>
  [...blocksOf(template)].flatMap(({ block }) =>
    block.type === 'compute' && block.rule.kind === 'uses' && block.rule.whom === 'items' ? [block.key] : [],
  );

/**
 * 结果运用: what follows from this year's results and those of the years before, for each unit. A participant's case gets the
 * keys of what applies to it and is not withheld: an empty list where nothing does.
 */
export async function uses({ pool, cycleId, template, block, at }: Decided): Promise<Json> {
  if (block.type !== 'compute' || block.rule.kind !== 'uses') throw new Error(`"${block.key}" does not use results`);
  const part = block.rule.whom;
  if (!template.uses) throw new Error(`"${block.key}" uses the results, but the template has no uses`);
  const chosen = template.uses.filter(
    ({ whom }) => part === undefined || (whom.kind === 'items') === (part === 'items'),
  );
  const byTarget = chosen.some(({ whom }) => whom.kind === 'target');
  const [now, former, cycle, met] = await Promise.all([
    finalResults(pool, cycleId),
    earlierResults(pool, cycleId),
    pool.query<{ year: number }>('SELECT year FROM cycles WHERE id = $1', [cycleId]),
    byTarget ? unitsByTarget(overPg(pool), cycleId) : new Map<string, boolean>(),
  ]);
  const items = await pool.query<{ caseId: string; open: number; closed: number }>(
    `SELECT case_id AS "caseId", count(*) FILTER (WHERE state <> 'closed')::int AS open, count(*) FILTER (WHERE state = 'closed')::int AS closed
     FROM rectification_items WHERE cycle_id = ANY($1::uuid[]) GROUP BY case_id`,
    [[cycleId, ...new Set(former.map((each) => each.cycleId))]],
  );
  const itemsOf = new Map(items.rows.map(({ caseId, open, closed }) => [caseId, { open, closed }]));
  const gradeNames = new Map(template.grades?.grades.map(({ key, name }) => [key, name]));
  const resultOf = ({ orgId, category, score, rank, grade, caseId }: FinalResult): Result => {
    const gradeName = grade === null ? undefined : gradeNames.get(grade);
    return {
      id: orgId,
      category,
      score,
      rank,
      grade,
      ...(gradeName && { gradeName }),
      items: itemsOf.get(caseId) ?? { open: 0, closed: 0 },
    };
  };
  const years = [...new Set(former.map(({ year }) => year))].map((year) => ({
    year,
    results: former.filter((each) => each.year === year).map(resultOf),
  }));
  const year = cycle.rows[0]?.year ?? 0;
  const applied = usesOf(
    chosen,
    { year, results: now.map((each) => ({ ...resultOf(each), targetMet: met.get(each.orgId) ?? null })) },
    years,
  );
  const names = new Map(chosen.map(({ key, name }) => [key, name]));
  const list = now.map(({ caseId, orgId, category }) => {
    const own = applied.filter(({ id }) => id === orgId);
    const kept = own.map(
      ({ use, effect, because, withheld }): KeptUse => ({
        key: use,
        name: names.get(use) ?? { zh: use, en: use },
        effect,
        because,
        withheld: withheld ?? null,
      }),
    );
    const keys = kept.flatMap(({ key, withheld }) => (withheld ? [] : [key]));
    return { caseId, orgId, category, kept, handed: { [block.into]: keys } };
  });
  await pool.query(
    `WITH used AS (
       SELECT * FROM json_to_recordset($3::json) AS u("caseId" uuid, "orgId" uuid, category text, kept json, handed json)
     ), rows AS (
       SELECT u."caseId", u."orgId", k.value AS use, k.ordinality::int AS position FROM used u, json_array_elements(u.kept) WITH ORDINALITY k
     ), gone AS (
       DELETE FROM result_uses r WHERE r.cycle_id = $1 AND r.block = $2
         AND NOT EXISTS (SELECT FROM rows WHERE rows."caseId" = r.case_id AND rows.use->>'key' = r.key)
     ), written AS (
       INSERT INTO result_uses (cycle_id, block, case_id, key, org_id, position, use, at)
       SELECT $1, $2, "caseId", use->>'key', "orgId", position, use, $4 FROM rows
       ON CONFLICT (cycle_id, block, case_id, key) DO UPDATE SET position = excluded.position, use = excluded.use, at = excluded.at
     )
     INSERT INTO results (cycle_id, block, case_id, org_id, category, handed)
     SELECT $1, $2, "caseId", "orgId", category, handed FROM used
     ON CONFLICT (cycle_id, block, case_id) DO UPDATE SET handed = excluded.handed, at = excluded.at`,
    [cycleId, block.key, JSON.stringify(list), at],
  );
  return Object.fromEntries(
    chosen.map(({ key }) => [key, applied.filter(({ use, withheld }) => use === key && !withheld).length]),
  );
}
