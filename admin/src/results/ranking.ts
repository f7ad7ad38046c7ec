interface Ranked {
  category: string;
  rank: number | null;
}

/** Results by category in the order in which categories first come, each by rank; the unranked last. */
export function byCategory<Row extends Ranked>(items: readonly Row[]): { category: string; rows: Row[] }[] {
  const groups = new Map<string, Row[]>();
  for (const item of items) groups.set(item.category, [...(groups.get(item.category) ?? []), item]);
  return [...groups].map(([category, rows]) => ({
    category,
    rows: rows.sort((a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY)),
  }));
}
