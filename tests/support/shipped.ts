import type pg from 'pg';
import { expect } from 'vitest';
import { type TemplateReport, templateReport } from '../../server/simulate/all.ts';
import { library } from '../../workflows/library/index.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';

/** A template that ships with the product. */
export const shipped = (key: string): CycleTemplate => {
  const template = library[key];
  if (!template) throw new Error(`no template "${key}" ships`);
  return template;
};

interface Appealed {
  decision: string | null;
  /** Who reviewed, who had a hand in the result, and what the review corrected. */
  reviewer: string | null;
  makers: string[];
  corrected: number;
  points: string | null;
  first: string | null;
  again: string | null;
}

/** An appeal that is upheld corrects something, and the score with it; no other score changes; nobody reviews who made the result. */
export async function expectAppeals(pool: pg.Pool, template: CycleTemplate): Promise<void> {
  const review = [...blocksOf(template)].find(({ block }) => block.key === 'appealReview')?.block;
  const { rows } = await pool.query<Appealed>(
    `SELECT k.snapshot->'context'->'data'->>'appealDecision' AS decision, review.closed_by::text AS reviewer,
       ARRAY(SELECT DISTINCT t.closed_by::text FROM tasks t JOIN cases m ON m.id = t.case_id
         WHERE m.cycle_id = k.cycle_id AND t.block = ANY($1) AND t.state = 'done' AND (m.kind = 'cycle' OR m.id = k.id)) AS makers,
       coalesce((k.snapshot->'context'->'data'->'appealRecorded'->>'corrected')::int, 0) AS corrected,
       k.snapshot->'context'->'data'->>'appealCorrection' AS points,
       trim_scale(first.score)::text AS first, trim_scale(again.score)::text AS again
     FROM cases k JOIN results first ON first.case_id = k.id AND first.block = 'scoring' JOIN results again ON again.case_id = k.id AND again.block = 'scoringAgain'
     LEFT JOIN tasks review ON review.case_id = k.id AND review.block = 'appealReview' AND review.state = 'done'`,
    [review && 'recuse' in review ? review.recuse : []],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { decision, corrected, points, first, again, reviewer, makers } of rows) {
    const upheld = decision === 'upheld' || decision === 'partly';
    expect(corrected > 0 || Number(points ?? 0) !== 0).toBe(upheld);
    expect(first !== again).toBe(upheld);
    if (reviewer) expect(makers).not.toContain(reviewer);
  }
}

/** What follows from rectification is known at its end: of each unit that has such items. */
async function expectItemUses(pool: pg.Pool, { uses = [] }: CycleTemplate): Promise<void> {
  for (const { key, whom } of uses) {
    if (whom.kind !== 'items') continue;
    const { rows } = await pool.query<{ used: string[]; due: string[] }>(
      `SELECT ARRAY(SELECT org_id::text FROM result_uses WHERE key = $1 ORDER BY 1) AS used,
         ARRAY(SELECT DISTINCT org_id::text FROM rectification_items WHERE $2 = 'any' OR (state = 'closed') = ($2 = 'closed') ORDER BY 1) AS due`,
      [key, whom.state],
    );
    expect(rows[0]?.used).toEqual(rows[0]?.due);
  }
}

/**
 * Few units through the whole year of a template: every case comes to its end, what the template grades and ranks is graded and
 * ranked, and no item of rectification is left between closed and carried over.
 */
export async function playYear(pool: pg.Pool, template: CycleTemplate, cases: number): Promise<TemplateReport> {
  const report = await templateReport(pool, template, { year: 2026, seed: 1, cases });
  expect(report).toMatchObject({ cases, closed: cases, violations: 0, found: [] });
  const kinds = new Set(
    [...blocksOf(template)].flatMap(({ block }) => (block.type === 'compute' ? [block.rule.kind] : [])),
  );
  const { rows: units } = await pool.query<{ category: string }>('SELECT category FROM cycle_participants');
  const ranked = units.filter(({ category }) => template.categories[category]?.ranked);
  expect(report.ranked).toBe(kinds.has('rank') ? ranked.length : 0);
  expect(report.graded).toBe(kinds.has('grade') ? cases : 0);
  const { rows: items } = await pool.query<{ state: string; closed: string | null; n: number }>(
    `SELECT r.state, k.snapshot->'context'->'data'->>'rectifyClosed' AS closed, count(*)::int AS n
     FROM rectification_items r LEFT JOIN cases k ON k.id = r.item_case_id GROUP BY 1, 2`,
  );
  // One that came too late for the plan has no case of its own, and is carried over.
  const endings = [
    ['closed', 'yes'],
    ['carried', 'no'],
    ['carried', null],
  ];
  for (const { state, closed } of items) expect(endings).toContainEqual([state, closed]);
  const count = (state: string) => items.reduce((sum, row) => sum + (row.state === state ? row.n : 0), 0);
  expect(report).toMatchObject({ rectified: count('closed'), carriedOver: count('carried') });
  if (kinds.has('uses')) await expectItemUses(pool, template);
  if ([...blocksOf(template)].some(({ block }) => block.key === 'appealGate')) await expectAppeals(pool, template);
  return report;
}
