/** Counts working days, numbered by days since 1970-01-01. */
export interface WorkingDays {
  isWorking(day: number): boolean;
  /** How many working days there are before the day, from an arbitrary but fixed zero. */
  before(day: number): number;
  /** The working day that has `count` working days before it. */
  nth(count: number): number;
}

// Day 0 was a Thursday: 3 days after a Monday.
const weekBefore = (day: number) => {
  const weeks = Math.floor((day + 3) / 7);
  return weeks * 5 + Math.min(day + 3 - weeks * 7, 5);
};
const weekNth = (count: number) => {
  const weeks = Math.floor(count / 5);
  return weeks * 7 + (count - weeks * 5) - 3;
};
const inWeek = (day: number) => (((day + 3) % 7) + 7) % 7 < 5;

/**
 * Monday to Friday, but for the given days. The week is counted in closed form; `drift[i]` is how far the days that
 * differ, up to and with the i-th, have moved the count. So any span costs one binary search over the differing days.
 */
export function makeWorkingDays(given: readonly (readonly [day: number, working: boolean])[]): WorkingDays {
  const differs = given.filter(([day, working]) => working !== inWeek(day)).sort(([a], [b]) => a - b);
  const days = differs.map(([day]) => day);
  const drift: number[] = [];
  for (const [i, [, working]] of differs.entries()) drift.push((drift[i - 1] ?? 0) + (working ? 1 : -1));
  const counts = days.map((day, i) => weekBefore(day) + (drift[i - 1] ?? 0));
  const working = new Map(differs);

  const isWorking = (day: number) => working.get(day) ?? inWeek(day);
  return {
    isWorking,
    before: (day) => weekBefore(day) + (drift[lastUpTo(days, day - 1)] ?? 0),
    nth(count) {
      const i = lastUpTo(counts, count);
      const day = days[i];
      if (day !== undefined && counts[i] === count && isWorking(day)) return day;
      return weekNth(count - (drift[i] ?? 0));
    },
  };
}

/** Index of the last entry that is not above the limit; -1 when all are. */
function lastUpTo(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
