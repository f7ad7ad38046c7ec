import type { Break } from '../../workflows/indicators/breaks.ts';
import type { Direction } from '../../workflows/indicators/schema.ts';
import { type BenchmarkView, benchmark } from '../../workflows/indicators/series.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { earlierYears, LOOK_BACK } from './years.ts';

interface Benchmarked {
  id: string;
  code: string;
  direction: string;
}

/** An assigned indicator's verified values, and those of its earlier years that compare, beside the values of another place. */
export async function readBenchmark(
  db: Database,
  { id, code, direction }: Benchmarked,
  place: string,
): Promise<{ place: string; breaks: { year: number; by: Break[] }[] } & BenchmarkView> {
  const values = await db.indicatorValue.findMany({ where: { cycleIndicatorId: id, verified: { not: null } } });
  const years = await earlierYears(overPrisma(db), id, LOOK_BACK);
  const other = await db.benchmark.findMany({ where: { code, place } });
  const own = [
    ...years.flatMap(({ year, value, breaks }) => (breaks.length > 0 ? [] : [{ period: String(year), value }])),
    ...values.map(({ period, verified }) => ({ period, value: verified?.toFixed() ?? '' })),
  ];
  const theirs = other.map(({ period, value }) => ({ period, value: value.toFixed() }));
  const breaks = years.flatMap(({ year, breaks: by }) => (by.length > 0 ? [{ year, by }] : []));
  return { place, ...benchmark(own, theirs, direction as Direction), breaks };
}
