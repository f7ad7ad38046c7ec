/** Where the rows of a table come from when its task opens, by their column `code`. */
export const SOURCES = [
  'plan',
  'due',
  'owned',
  'mustCheck',
  'problems',
  'recorded',
  'consultation',
  'earlier',
  'benchmark',
  'years',
  'keyTasks',
  'contents',
] as const;
export type Source = (typeof SOURCES)[number];

/** Sources whose rows are all that a table may have; the others may be added to. */
export const CLOSED_SOURCES: ReadonlySet<Source> = new Set([
  'due',
  'owned',
  'mustCheck',
  'recorded',
  'earlier',
  'benchmark',
  'years',
  'keyTasks',
  'contents',
]);

/** Sources whose rows are values to be reported. */
export const REPORTED: ReadonlySet<Source | undefined> = new Set<Source | undefined>(['due', 'owned']);

/** Columns that the register alone fills in: what it does not know stays empty. */
const REGISTER: Readonly<Partial<Record<Source, ReadonlySet<string>>>> = {
  benchmark: new Set(['code', 'name', 'unit', 'direction', 'period', 'own', 'other', 'gap', 'share', 'trend']),
  years: new Set(['code', 'name', 'unit', 'direction', 'y5', 'y4', 'y3', 'y2', 'y1', 'thisYear', 'fiveYears']),
  keyTasks: new Set(['code', 'name', 'unit', 'year', 'planned', 'done', 'plannedSoFar', 'doneSoFar', 'total']),
  contents: new Set(['code', 'name', 'standard', 'least', 'satisfied', 'accepted']),
};

/** Whether nobody but the register fills in a column of a table. */
export const fromRegister = (source: Source | undefined, column: string): boolean =>
  source !== undefined && REGISTER[source]?.has(column) === true;
