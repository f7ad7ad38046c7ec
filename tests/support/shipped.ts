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
  return report;
}
