import type pg from 'pg';
import { climbs } from '../../workflows/grades/rank.ts';
import type { ReportData } from '../../workflows/report/data.ts';
import type { Me } from '../auth/me.ts';
import { seesAll } from '../auth/policy.ts';
import type { Database } from '../http/deps.ts';
import { readDimensions } from '../results/dimensions.ts';
import { earlierResults, finalResults } from '../results/history.ts';
import { readResults } from '../results/read.ts';
import type { Scope } from './scope.ts';

/** Whether nobody is before the end of the evaluation any more: until then results may change. */
async function isFinal(pool: pg.Pool, cycleId: string): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT 1 FROM cases WHERE cycle_id = $1 AND kind = 'participant' AND status IN ('active', 'suspended')
       AND phase IN ('plan', 'execute', 'evaluate') LIMIT 1`,
    [cycleId],
  );
  return rows.length === 0;
}

/** Final results of the units that the reader may know (`me` null: whom a template's form is for); the parts of the scores for offices alone. */
export async function readFinal(
  { db, pool, me }: { db: Database; pool: pg.Pool; me: Me | null },
  { cycleId, template, cycle, units, period }: Scope,
): Promise<ReportData['results']> {
  // A report that ends before the year does tells nothing of what came after it.
  if (period && !period.end.endsWith('-12-31')) return null;
  if (!(await isFinal(pool, cycleId))) return null;
  const all = me === null || seesAll(me);
  const known = all ? null : new Set((await readResults(db, cycleId, me)).items.map(({ org }) => org.id));
  const inside = new Set(units.map(({ id }) => id));
  const now = (await finalResults(pool, cycleId)).filter(
    ({ orgId }) => inside.has(orgId) && (known === null || known.has(orgId)),
  );
  if (now.length === 0) return null;
  const last = (await earlierResults(pool, cycleId)).filter(({ year }) => year === cycle.year - 1);
  const before = new Map(last.map((each) => [each.orgId, each]));
  const standing = (each: (typeof now)[number]) => ({ id: each.orgId, rank: each.rank });
  const climbed = new Map(climbs(now.map(standing), last.map(standing)).map(({ id, places }) => [id, places]));
  const dimensions = all && units.length > 1 ? (await readDimensions(pool, cycleId, template)).categories : [];
  const categories = new Set(units.map(({ category }) => category));
  return {
    grades: template.grades?.grades.map(({ key, name }) => ({ key, name })) ?? [],
    items: now.map(({ orgId, category, score, rank, rankOf, grade }) => ({
      org: orgId,
      category,
      score,
      rank,
      rankOf,
      grade,
      climbed: climbed.get(orgId) ?? null,
      before: before.get(orgId)?.score ?? null,
    })),
    dimensions: dimensions.flatMap(({ category, dimensions: parts }) =>
      categories.has(category)
        ? parts.map(({ name, level, most, mean, best }) => ({ category, name, level, most, mean, best }))
        : [],
    ),
  };
}
