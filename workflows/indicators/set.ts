import { Exact } from '../scoring/exact.ts';
import type { Indicator, IndicatorsSection, KeyTask } from './schema.ts';
import { rescale, type Weighed, weightSum } from './weights.ts';

export interface Unit {
  /** Its code in the directory. */
  code: string;
  category: string | undefined;
}

const concerns = (one: Pick<Indicator, 'categories' | 'units'>, { code, category }: Unit): boolean =>
  (!one.categories || (category !== undefined && one.categories.includes(category))) &&
  (!one.units || one.units.includes(code));

/** What a unit has without its plan saying so: the common indicators of its category, and the year's part of the key tasks. */
export function commonSet(section: IndicatorsSection, unit: Unit, year: number): Indicator[] {
  const common = section.list.filter((one) => one.kind === 'common' && concerns(one, unit));
  const tasks = (section.keyTasks ?? []).filter((one) => concerns(one, unit));
  return [...common, ...tasks.flatMap((task) => splitTask(task, year))];
}

/** What a unit may choose from: its plan names the code. */
export const catalogue = (section: IndicatorsSection, unit: Unit): Indicator[] =>
  section.list.filter((one) => one.kind === 'specific' && concerns(one, unit));

/**
 * A key task's part of one year: how much is to be done, and for each content the satisfaction that it must find. Nothing in
 * a year that the task does not name.
 *
 * @example 50 communities as 20, 15, 15: in the second year an indicator with target 15
 */
export function splitTask(task: KeyTask, year: number): Indicator[] {
  const part = task.years.find((one) => one.year === year);
  if (!part) return [];
  const frequency = task.frequency ?? 'quarter';
  const amount: Indicator = {
    code: task.code,
    name: task.name,
    kind: 'common',
    unit: task.unit,
    direction: 'up',
    frequency,
    target: part.amount,
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
