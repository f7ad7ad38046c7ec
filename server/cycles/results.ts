import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { blocksOf } from '../../workflows/template/schema.ts';
import type { Me } from '../auth/me.ts';
import { publishedCases } from '../cases/visibility.ts';
import type { Database } from '../http/deps.ts';
import { readCycleTemplate } from './read.ts';
import type { resultsSchema } from './schema.ts';

interface Row {
  id: string;
  name: string;
  block: string;
  category: string;
  score: string;
  rank: number | null;
  rank_of: number;
}

/** Scores and ranks of the cycle's last ranking: all for the offices, the own unit's for others once it is past evaluation. */
export const readResults = async (db: Database, cycleId: string, me: Me): Promise<z.infer<typeof resultsSchema>> => {
  const template = await readCycleTemplate(db, cycleId);
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT o.id, o.name, r.block, r.category, trim_scale(r.score)::text AS score, r.rank, r.rank_of
    FROM results r JOIN cases c ON c.id = r.case_id JOIN org_units o ON o.id = r.org_id
    WHERE r.cycle_id = ${cycleId}::uuid AND ${publishedCases(me)}
    ORDER BY r.category, r.rank NULLS LAST, o.code`);
  const order = [...blocksOf(template)].map(({ block }) => block.key);
  const last = order.findLast((key) => rows.some(({ block }) => block === key));
  return {
    items: rows
      .filter(({ block }) => block === last)
      .map(({ id, name, category, score, rank, rank_of: rankOf }) => ({
        org: { id, name },
        category,
        score,
        rank,
        rankOf,
      })),
  };
};
