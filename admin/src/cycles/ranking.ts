import type { Result } from '../api/types.ts';

/** Results by category in the order in which categories first come, each by rank; the unranked last. */
export function byCategory(items: readonly Result[]): { category: string; rows: Result[] }[] {
  const groups = new Map<string, Result[]>();
  for (const item of items) groups.set(item.category, [...(groups.get(item.category) ?? []), item]);
  return [...groups].map(([category, rows]) => ({
    category,
    rows: rows.sort((a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY)),
  }));
}
