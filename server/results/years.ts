import type pg from 'pg';
import type { z } from 'zod';
import { climbs } from '../../workflows/grades/rank.ts';
import { earlierResults, type FinalResult, finalResults } from './history.ts';
import type { yearsSchema } from './schema.ts';

type Years = z.infer<typeof yearsSchema>;

/** The results of a cycle's units over the years, and who climbed most against the year before. */
export async function readYears(db: Pick<pg.Pool, 'query'>, cycleId: string): Promise<Years> {
  const [now, former] = await Promise.all([finalResults(db, cycleId), earlierResults(db, cycleId)]);
  const { rows } = await db.query<{ id: string; name: string }>(
    'SELECT o.id, o.name FROM cycle_participants p JOIN org_units o ON o.id = p.org_id WHERE p.cycle_id = $1 ORDER BY o.code',
    [cycleId],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const year = now[0]?.year;
  const last = former.filter((each) => each.year === (year ?? 0) - 1);
  const standing = (each: FinalResult) => ({ id: each.orgId, rank: each.rank });
  const climbed = new Map(climbs(now.map(standing), last.map(standing)).map(({ id, places }) => [id, places]));
  const of = new Map(now.map((each) => [each.orgId, each]));
  const order = rows.flatMap(({ id }) => of.get(id) ?? []);
  const items = order.map(({ orgId, category }): Years['items'][number] => ({
    org: { id: orgId, name: names.get(orgId) ?? '' },
    category,
    years: [...former, ...now]
      .filter((each) => each.orgId === orgId)
      .map(({ year: when, score, rank, rankOf, grade }) => ({ year: when, score, rank, rankOf, grade })),
    climbed: climbed.get(orgId) ?? null,
  }));
  const categories = [...new Set(items.map(({ category }) => category))].sort();
  return {
    years: [...new Set([...former, ...now].map((each) => each.year))].sort(),
    items,
    biggestClimb: categories.flatMap((category) => {
      const inside = items.filter((item) => item.category === category && (item.climbed ?? 0) > 0);
      const places = Math.max(0, ...inside.map((item) => item.climbed ?? 0));
      return places === 0
        ? []
        : [{ category, places, orgs: inside.filter((item) => item.climbed === places).map(({ org }) => org) }];
    }),
  };
}
