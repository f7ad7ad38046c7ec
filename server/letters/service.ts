import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { Json } from '../../workflows/json.ts';
import { type LetterData, writeLetter, type YearOf } from '../../workflows/letter/letter.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { itemName } from '../adjustments/words.ts';
import type { Service } from '../engine/service.ts';
import { earlierResults, type FinalResult, finalResults } from '../results/history.ts';
import { itemUses, type KeptUse } from '../results/uses.ts';
import { scoredUnits } from './scored.ts';
import { indicatorYears } from './years.ts';

/**
 * Writes a participant's feedback letter from its score, and keeps it as it is: one letter for each round of the block, with the
 * run of the scores that it speaks of.
 */
export const letter: Service = async ({ pool, caseId, cycleId, orgId, template, block, round, at }): Promise<Json> => {
  if (orgId === null) throw new Error(`"${block.key}" writes letters to participants, not to the cycle`);
  const { data, runId } = await letterData(pool, { caseId, cycleId, orgId, template });
  await pool.query(
    `INSERT INTO letters (id, cycle_id, case_id, org_id, block, round, run_id, content, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (case_id, block, round) DO NOTHING`,
    [uuid(), cycleId, caseId, orgId, block.key, round, runId, JSON.stringify(writeLetter(data)), at],
  );
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM letters WHERE case_id = $1 AND block = $2 AND round = $3',
    [caseId, block.key, round],
  );
  return { id: rows[0]?.id ?? '' };
};

interface Whose {
  caseId: string;
  cycleId: string;
  orgId: string;
  template: CycleTemplate;
}

/** Everything that a unit's letter is written from, as it stands now. */
async function letterData(
  pool: pg.Pool,
  { caseId, cycleId, orgId, template }: Whose,
): Promise<{ data: LetterData; runId: string | null }> {
  const [whose, now, former, because, adjustments, uses] = await Promise.all([
    pool.query<{ cycle: string; year: number; name: string; category: string }>(
      `SELECT y.name AS cycle, y.year, o.name, p.category FROM cycles y JOIN cycle_participants p ON p.cycle_id = y.id JOIN org_units o ON o.id = p.org_id
       WHERE y.id = $1 AND p.org_id = $2`,
      [cycleId, orgId],
    ),
    finalResults(pool, cycleId),
    earlierResults(pool, cycleId),
    pool.query<{ because: Text[] }>(
      'SELECT because FROM results WHERE cycle_id = $1 AND case_id = $2 AND because IS NOT NULL ORDER BY at DESC LIMIT 1',
      [cycleId, caseId],
    ),
    pool.query<{ kind: 'bonus' | 'deduction' | 'veto'; item: string; points: string; reason: string }>(
      `SELECT kind, item, trim_scale(points)::text AS points, reason FROM adjustments WHERE case_id = $1 AND state = 'approved' ORDER BY id`,
      [caseId],
    ),
    pool.query<{ use: KeptUse }>(
      `SELECT use FROM result_uses WHERE case_id = $1 AND block IN (
         SELECT DISTINCT ON (block = ANY($2::text[])) block FROM result_uses WHERE case_id = $1 ORDER BY block = ANY($2::text[]), at DESC)
       ORDER BY block = ANY($2::text[]), position`,
      [caseId, itemUses(template)],
    ),
  ]);
  const unit = whose.rows[0];
  if (!unit) throw new Error(`unit ${orgId} does not take part in cycle ${cycleId}`);
  const { runId, units } = await scoredUnits(pool, { cycleId, template, category: unit.category });
  const own = units.find(({ id }) => id === caseId);
  const last = former.findLast((each) => each.orgId === orgId && each.year < unit.year);
  const then = last && (await scoredUnits(pool, { cycleId: last.cycleId, template, category: last.category })).units;
  const result = now.find((each) => each.caseId === caseId);
  const yearOf = ({ year, score, rank, rankOf, grade }: Omit<FinalResult, 'orgId'>): YearOf => ({
    year,
    score,
    rank,
    rankOf,
    grade: grade === null ? null : gradeName(template, grade),
  });
  const nothing = { year: unit.year, score: own?.score ?? null, rank: null, rankOf: null, grade: null };
  const data: LetterData = {
    cycle: unit.cycle,
    year: unit.year,
    unit: { id: orgId, name: unit.name },
    category: template.categories[unit.category]?.name ?? { zh: unit.category, en: unit.category },
    now: result ? yearOf(result) : nothing,
    because: because.rows[0]?.because ?? [],
    parts: own?.parts ?? [],
    peers: units,
    alone: !isRanked(template, unit.category),
    before: then?.find(({ id }) => id === last?.caseId)?.parts ?? [],
    indicators: await indicatorYears(pool, caseId),
    history: former.filter((each) => each.orgId === orgId).map(yearOf),
    adjustments: adjustments.rows.map(({ item, ...entry }) => ({ ...entry, name: itemName(template, item) })),
    uses: uses.rows.map(({ use: { name, because: why, withheld } }) => ({ name, because: why, withheld })),
  };
  return { data, runId };
}

/** Whether the units of a category are ranked against each other. */
const isRanked = (template: CycleTemplate, category: string): boolean =>
  template.categories[category]?.ranked === true &&
  [...blocksOf(template)].some(({ block }) => block.type === 'compute' && block.rule.kind === 'rank');

const gradeName = (template: CycleTemplate, key: string): Text =>
  template.grades?.grades.find((grade) => grade.key === key)?.name ?? { zh: key, en: key };
