import type { Calendar } from '../api/types.ts';
import { addDays } from '../form/plainDate.ts';

export interface Run {
  from: string;
  to: string;
  working: boolean;
  name: string;
}

/** Days next to each other of one kind and name, as one line: “2月15日 – 2月23日 春节”. */
export function runsOf(days: Calendar['days']): Run[] {
  const runs: Run[] = [];
  for (const { day, working, name } of [...days].sort((a, b) => a.day.localeCompare(b.day))) {
    const last = runs.at(-1);
    if (last && last.working === working && last.name === name && reaches(last.to, day)) last.to = day;
    else runs.push({ from: day, to: day, working, name });
  }
  return runs;
}

/** Whether only weekend days lie between: a holiday over a weekend is one holiday. */
function reaches(before: string, day: string): boolean {
  for (let next = addDays(before, 1); ; next = addDays(next, 1)) {
    if (next === day) return true;
    const weekday = new Date(`${next}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) return false;
  }
}
