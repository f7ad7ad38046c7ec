import type pg from 'pg';
import type { ScoredUnit } from '../../workflows/letter/letter.ts';
import { partsOf, type ScorePart } from '../../workflows/letter/parts.ts';
import { amount, Exact } from '../../workflows/scoring/exact.ts';
import type { Explanation } from '../../workflows/scoring/explanation.ts';
import type { ComputeBlock } from '../../workflows/template/block.ts';
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
 * the weighted sum that each participant's case made.
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
  if (runId === undefined) return { runId: null, units: await weightedUnits(pool, { cycleId, template, category }) };
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

type Weighted = Extract<ComputeBlock['rule'], { kind: 'weighted' }>;

async function weightedUnits(pool: pg.Pool, { cycleId, template, category }: Asked): Promise<ScoredUnit[]> {
  const rules = [...blocksOf(template)].flatMap(({ block }): { into: string; rule: Weighted }[] =>
    block.type === 'compute' && block.rule.kind === 'weighted' ? [{ into: block.into, rule: block.rule }] : [],
  );
  const last = rules.at(-1);
  if (!last) return [];
  const { rows } = await pool.query<{ id: string; score: string | null; values: (string | null)[] }>(
    `SELECT c.id, c.snapshot->'context'->'data'->>$3 AS score,
       (SELECT array_agg(c.snapshot->'context'->'data'->>name ORDER BY n) FROM unnest($4::text[]) WITH ORDINALITY u(name, n)) AS values
     FROM cases c JOIN cycle_participants p ON p.case_id = c.id
     WHERE c.cycle_id = $1 AND p.category = $2 AND c.status <> 'cancelled' ORDER BY c.id`,
    [cycleId, category, last.into, last.rule.parts.map(({ value }) => value)],
  );
  return rows.map(({ id, score, values }) => ({
    id,
    score: decimal(score),
    parts: last.rule.parts.map(({ value: name, weight }, i): ScorePart => {
      const value = decimal(values[i] ?? null);
      return {
        path: `/${name}`,
        name: nameOf(template, name),
        value: value === null ? null : amount(new Exact(value).times(weight)).text,
        most: amount(new Exact(weight).times(100)).text,
        level: 1,
        leaf: true,
      };
    }),
  }));
}

const decimal = (value: string | null): string | null =>
  value !== null && /^-?\d+(\.\d+)?$/.test(value) ? new Exact(value).toFixed() : null;

/** What people call a value: the field that it is filled into, or the block that computes it. */
function nameOf(template: CycleTemplate, name: string): Text {
  for (const { block } of blocksOf(template)) {
    if (block.type === 'compute' && block.into === name) return block.name;
    const field = 'fields' in block ? block.fields?.find(({ key }) => key === name) : undefined;
    if (field) return field.name;
  }
  return { zh: name, en: name };
}
