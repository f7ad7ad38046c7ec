import type pg from 'pg';
import type { ScoredUnit } from '../../workflows/letter/letter.ts';
import { partsOf } from '../../workflows/letter/parts.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import { evaluateRule } from '../../workflows/scoring/evaluate.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import type { Explanation } from '../../workflows/scoring/explanation.ts';
import { ownData } from '../../workflows/scoring/ownData.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';

interface Asked {
  cycleId: string;
  template: CycleTemplate;
  category: string;
}

/** Runs whose parts are at hand: an accepted run never changes, and every letter of a category looks at all its units. */
const known = new Map<string, ScoredUnit[]>();
const KEPT = 50;

/**
 * The scores of a category with their parts: by the accepted run of the cycle's last score block; where the template has none, by
 * the rule in each participant's case that gives what is ranked or graded by.
 */
export async function scoredUnits(
  pool: pg.Pool,
  { cycleId, template, category }: Asked,
): Promise<{ runId: string | null; units: ScoredUnit[] }> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM score_runs WHERE cycle_id = $1 AND state = 'accepted' ORDER BY made_at DESC, id DESC LIMIT 1`,
    [cycleId],
  );
  const runId = rows[0]?.id;
  if (runId === undefined) return { runId: null, units: await unitsByRule(pool, { cycleId, template, category }) };
  const key = `${runId}/${category}`;
  const before = known.get(key);
  if (before) return { runId, units: before };
  const scores = await pool.query<{ id: string; score: string | null; explanation: Explanation }>(
    `SELECT s.case_id AS id, trim_scale(s.value)::text AS score, s.explanation FROM scores s JOIN cycle_participants p ON p.case_id = s.case_id
     WHERE s.run_id = $1 AND p.category = $2 ORDER BY s.case_id`,
    [runId, category],
  );
  const full = template.indicators?.total ?? '100';
  const units = scores.rows.map(({ id, score, explanation }) => ({ id, score, parts: partsOf(explanation, full) }));
  if (known.size >= KEPT) known.delete(known.keys().next().value ?? '');
  known.set(key, units);
  return { runId, units };
}

async function unitsByRule(pool: pg.Pool, { cycleId, template, category }: Asked): Promise<ScoredUnit[]> {
  const blocks = [...blocksOf(template)].flatMap(({ block }) => (block.type === 'compute' ? [block] : []));
  const judged = new Set(
    blocks.flatMap(({ rule }) => (rule.kind === 'rank' || rule.kind === 'grade' ? [rule.by] : [])),
  );
  const last = blocks.findLast(({ into, rule }) => rule.kind === 'rule' && judged.has(into));
  if (last?.rule.kind !== 'rule') return [];
  const { into, rule } = last;
  const { rows } = await pool.query<{ id: string; score: string | null; own: Pick<CaseContext, 'data' | 'facts'> }>(
    `SELECT c.id, c.snapshot->'context'->'data'->>$3 AS score,
       jsonb_build_object('data', c.snapshot->'context'->'data', 'facts', c.snapshot->'context'->'facts') AS own
     FROM cases c JOIN cycle_participants p ON p.case_id = c.id
     WHERE c.cycle_id = $1 AND p.category = $2 AND c.status <> 'cancelled' ORDER BY c.id`,
    [cycleId, category, into],
  );
  const full = template.indicators?.total ?? '100';
  return rows.map(({ id, score: text, own }) => {
    const score = decimal(text);
    if (score === null) return { id, score, parts: [] };
    const { explanation } = evaluateRule(rule.rule, ownData(own));
    return { id, score, parts: partsOf(explanation, full, (name) => nameOf(template, name)) };
  });
}

const decimal = (value: string | null): string | null =>
  value !== null && /^-?\d+(\.\d+)?$/.test(value) ? new Exact(value).toFixed() : null;

/** What people call a value: the field that it is filled into, or the block that computes it. */
function nameOf(template: CycleTemplate, name: string): Text | undefined {
  for (const { block } of blocksOf(template)) {
    if (block.type === 'compute' && block.into === name) return block.name;
    const field = 'fields' in block ? block.fields?.find(({ key }) => key === name) : undefined;
    if (field) return field.name;
  }
  return undefined;
}
