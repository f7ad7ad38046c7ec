export interface Count {
  /** Code of the indicator, id of the unit, category or channel; empty: none. */
  key: string;
  name?: string;
  period: string;
  complaints: number;
  solved: number;
  inTime: number;
}

export interface CountRow {
  key: string;
  name: string | undefined;
  total: number;
  solved: number;
  inTime: number;
  /** By period, in the order of `periods`. */
  each: number[];
}

/** Counts by key and period as rows with a column for each period, those with most complaints first. */
export function rowsOf(counts: readonly Count[]): { periods: string[]; rows: CountRow[] } {
  const periods = [...new Set(counts.map(({ period }) => period))].sort();
  const rows = new Map<string, CountRow>();
  for (const one of counts) {
    const row = rows.get(one.key) ?? {
      key: one.key,
      name: one.name,
      total: 0,
      solved: 0,
      inTime: 0,
      each: periods.map(() => 0),
    };
    row.total += one.complaints;
    row.solved += one.solved;
    row.inTime += one.inTime;
    row.each[periods.indexOf(one.period)] = one.complaints;
    rows.set(one.key, row);
  }
  return { periods, rows: [...rows.values()].toSorted((a, b) => b.total - a.total) };
}
