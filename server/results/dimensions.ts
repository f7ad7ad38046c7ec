import type pg from 'pg';
import type { z } from 'zod';
import { Exact } from '../../workflows/scoring/exact.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { scoredUnits } from '../letters/scored.ts';
import type { dimensionsSchema } from './schema.ts';

type Dimensions = z.infer<typeof dimensionsSchema>;

/** So many decimal places a mean keeps. */
const PLACES = 4;

/**
 * The parts of the scores of a cycle across its units, each category apart: what each unit got in each part, of how much, with the mean
 * and the best. A part that does not apply to a unit is null and is left out of both.
 */
export async function readDimensions(pool: pg.Pool, cycleId: string, template: CycleTemplate): Promise<Dimensions> {
  const { rows } = await pool.query<{ case_id: string; org_id: string; name: string; category: string }>(
    `SELECT p.case_id, o.id AS org_id, o.name, p.category FROM cycle_participants p JOIN org_units o ON o.id = p.org_id
     WHERE p.cycle_id = $1 AND p.case_id IS NOT NULL ORDER BY o.code`,
    [cycleId],
  );
  const categories = await Promise.all(
    Object.keys(template.categories).map(async (category) => {
      const { units } = await scoredUnits(pool, { cycleId, template, category });
      const scored = new Map(units.map((unit) => [unit.id, unit]));
      const inside = rows.flatMap((row) => {
        const unit = scored.get(row.case_id);
        return unit && unit.score !== null ? [{ row, unit }] : [];
      });
      const parts = new Map(inside.flatMap(({ unit }) => unit.parts.map((part) => [part.path, part])));
      return {
        category,
        dimensions: [...parts.values()].map(({ path, name, level, most }) => {
          const got = inside.flatMap(({ unit }) => {
            const value = unit.parts.find((part) => part.path === path)?.value ?? null;
            return value === null ? [] : [new Exact(value)];
          });
          return {
            path,
            name,
            level,
            most,
            mean:
              got.length === 0
                ? null
                : Exact.sum(...got)
                    .div(got.length)
                    .toDecimalPlaces(PLACES)
                    .toFixed(),
            best: got.length === 0 ? null : Exact.max(...got).toFixed(),
          };
        }),
        units: inside.map(({ row, unit }) => ({
          org: { id: row.org_id, name: row.name },
          score: unit.score,
          parts: Object.fromEntries(unit.parts.map(({ path, value }) => [path, value])),
        })),
      };
    }),
  );
  return { categories: categories.filter(({ units }) => units.length > 0) };
}
