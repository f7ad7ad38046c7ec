const DAY = 86_400_000;

const pad = (value: number) => String(value).padStart(2, '0');

/** `YYYY-MM-DD` of a day that exists; nothing for 30 February. */
export function makeDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** Whether a text is written as a day, as a browser's date field gives it; a field half filled in gives an empty one. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Reads what people type: 2026-3-5, 2026/03/05, 2026.3.5, 2026年3月5日, 20260305. */
export function readDay(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim();
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  return parts ? makeDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined;
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Monday = 0. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The month of a day, moved: `2026-01` by −1 is `2025-12`. */
export function addMonths(month: string, months: number): string {
  const [year = 0, at = 1] = month.split('-').map(Number);
  const index = year * 12 + at - 1 + months;
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`;
}

/** The weeks of a month, Monday first; days outside it are `undefined`. */
export function weeksOf(month: string): (string | undefined)[][] {
  const [year = 0, at = 1] = month.split('-').map(Number);
  const count = new Date(Date.UTC(year, at, 0)).getUTCDate();
  const cells: (string | undefined)[] = Array.from({ length: weekdayOf(`${month}-01`) }, () => undefined);
  for (let day = 1; day <= count; day++) cells.push(`${month}-${pad(day)}`);
  while (cells.length % 7) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
