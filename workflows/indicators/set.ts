import type { Json } from '../json.ts';
import { Exact } from '../scoring/exact.ts';
import { issuedIndicators } from './issued.ts';
import type { Indicator, IndicatorsSection, KeyTask } from './schema.ts';
import { rescale, type Weighed, weightSum } from './weights.ts';

export interface Unit {
  /** Its code in the directory. */
  code: string;
  category: string | undefined;
}

/** Whether an indicator or a key task is meant for a unit. */
export const concerns = (one: Pick<Indicator, 'categories' | 'units'>, { code, category }: Unit): boolean =>
  (!one.categories || (category !== undefined && one.categories.includes(category))) &&
  (!one.units || one.units.includes(code));

/** What came of key tasks, by code and year. */
export type DoneByYear = Readonly<Record<string, Readonly<Record<number, string>>>>;

/** What the common set depends on beside the template. */
export interface Known {
  /** Of the years before. */
  done?: DoneByYear;
  /** The rows of the table that `issued` names. */
  issued?: Json | undefined;
}

/**
 * What a unit has without its plan saying so: the common indicators of its category, what the office issued, and the year's part of the
 * key tasks.
 */
export function commonSet(
  section: IndicatorsSection,
  unit: Unit,
  year: number,
  { done = {}, issued }: Known = {},
): Indicator[] {
  const common = section.list.filter((one) => one.kind === 'common' && concerns(one, unit));
  const tasks = (section.keyTasks ?? []).filter((one) => concerns(one, unit));
  return [
    ...common,
    ...issuedIndicators(section, issued),
    ...tasks.flatMap((task) => splitTask(task, year, done[task.code])),
  ];
}

/** Weights as people write them. */
const WRITTEN_PLACES = 2;

/**
 * The common set as a plan begins with it: where weights are rescaled and those that all have are more than the total, because something
 * was issued beside them, they are brought to it.
 */
export function plannedSet(section: IndicatorsSection, unit: Unit, year: number, known: Known = {}): Indicator[] {
  const list = commonSet(section, unit, year, known);
  const weighed = list.flatMap(({ code, weight }) => (weight === undefined ? [] : [{ code, weight }]));
  if (section.weights !== 'rescale' || new Exact(weightSum(weighed)).lte(section.total)) return list;
  const scaled = rescale(weighed, section.total, WRITTEN_PLACES);
  return list.map((one) => ({
    ...one,
    ...(one.weight !== undefined && { weight: scaled?.get(one.code) ?? one.weight }),
  }));
}

/** What a unit may choose from: its plan names the code. */
export const catalogue = (section: IndicatorsSection, unit: Unit): Indicator[] =>
  section.list.filter((one) => one.kind === 'specific' && concerns(one, unit));

/**
 * How much of a key task a year has to do: its part, and what the years before left of theirs; never more than is left of the whole.
 * Of a year of which nothing is known nothing is carried over. Undefined in a year that the task does not name.
 */
export function amountOf(task: KeyTask, year: number, done: Readonly<Record<number, string>> = {}): string | undefined {
  const part = task.years.find((one) => one.year === year);
  if (!part) return undefined;
  const before = taskProgress(task, done).filter((one) => one.year < year && one.done !== null);
  const sum = (of: (one: TaskYear) => string) => before.reduce((all, one) => all.plus(of(one)), new Exact(0));
  const [planned, reached] = [sum((one) => one.planned), sum((one) => one.done ?? '0')];
  const left = Exact.max(0, new Exact(task.total).minus(reached));
  return Exact.min(left, Exact.max(0, planned.minus(reached)).plus(part.amount)).toFixed();
}

/**
 * A key task's part of one year: how much is to be done (`amountOf`), and for each content the satisfaction that it must find. Nothing in
 * a year that the task does not name.
 *
 * @example 50 communities as 20, 15, 15: in the second year an indicator with target 15, or 17 where the first came to 18
 */
export function splitTask(task: KeyTask, year: number, done?: Readonly<Record<number, string>>): Indicator[] {
  const target = amountOf(task, year, done);
  if (target === undefined) return [];
  const frequency = task.frequency ?? 'quarter';
  const amount: Indicator = {
    code: task.code,
    name: task.name,
    kind: 'common',
    unit: task.unit,
    direction: 'up',
    frequency,
    target,
    ...(task.approves !== undefined && { approves: task.approves }),
    ...(task.weight !== undefined && { weight: task.weight }),
  };
  const contents = (task.contents ?? []).map(
    ({ key, name, standard, satisfaction }): Indicator => ({
      code: `${task.code}.${key}`,
      name,
      kind: 'common',
      unit: '%',
      direction: 'up',
      frequency: 'year',
      source: standard.zh.slice(0, 500),
      plausible: { min: '0', max: '100' },
      ...(satisfaction !== undefined && { target: satisfaction }),
    }),
  );
  return [amount, ...contents];
}

export interface TaskYear {
  year: number;
  planned: string;
  done: string | null;
  /** Planned and done up to and with this year. */
  plannedSoFar: string;
  doneSoFar: string;
}

/** How far a key task is, year by year. */
export function taskProgress(task: KeyTask, done: Readonly<Record<number, string>>): TaskYear[] {
  let [planned, reached] = [new Exact(0), new Exact(0)];
  return [...task.years]
    .sort((a, b) => a.year - b.year)
    .map(({ year, amount }) => {
      planned = planned.plus(amount);
      reached = reached.plus(done[year] ?? 0);
      return {
        year,
        planned: amount,
        done: done[year] ?? null,
        plannedSoFar: planned.toFixed(),
        doneSoFar: reached.toFixed(),
      };
    });
}

/** The weights that a unit's indicators get, or what they add up to where that is wrong: of all, or of one kind. */
export type Weights =
  | { ok: true; weights: Map<string, string> }
  | { ok: false; of: 'all' | 'common' | 'specific'; sum: string; total: string };

/**
 * Checks that weights make the total, or (`rescale`) brings them to it. With a `commonShare`, the common set makes its share and
 * the unit's own the rest. Indicators without a weight count for nothing and are not asked.
 */
export function checkWeights(
  section: Pick<IndicatorsSection, 'total' | 'weights' | 'commonShare'>,
  list: readonly (Weighed & { kind?: Indicator['kind'] })[],
): Weights {
  const { total, commonShare } = section;
  const sum = weightSum(list);
  const same = new Map(list.map(({ code, weight }) => [code, weight]));
  if (list.length === 0) return { ok: true, weights: same };
  if (!new Exact(sum).eq(total)) {
    const scaled = section.weights === 'rescale' ? rescale(list, total) : null;
    return scaled ? { ok: true, weights: scaled } : { ok: false, of: 'all', sum, total };
  }
  if (commonShare === undefined || section.weights === 'rescale') return { ok: true, weights: same };
  const common = weightSum(list.filter(({ kind }) => kind === 'common'));
  if (!new Exact(common).eq(commonShare)) return { ok: false, of: 'common', sum: common, total: commonShare };
  return { ok: true, weights: same };
}
