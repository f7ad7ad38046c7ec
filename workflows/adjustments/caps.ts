import { Exact } from '../scoring/exact.ts';
import type { AdjustmentKind, AdjustmentScheme } from './schema.ts';

/** An approved entry of the ledger; points without a sign. */
export interface AdjustmentEntry {
  kind: AdjustmentKind;
  item: string;
  points: string;
}

/** What entries come to before and after a cap. */
export interface Capped {
  kind: 'bonus' | 'deduction';
  /** Key of the item or group; `year` for all together. */
  key: string;
  before: string;
  after: string;
  cap: string | null;
}

export interface AdjustmentTotals {
  items: Capped[];
  groups: Capped[];
  /** Bonus first, then deduction. */
  year: [Capped, Capped];
  /** Bonus minus deduction, after all caps. */
  sum: string;
  vetoes: string[];
}

type Sums = ReadonlyMap<string, InstanceType<typeof Exact>>;

/**
 * Adds up the entries of one unit under the caps of a scheme: each item first, what it leaves in its group, and what the groups
 * (and items without one) leave in the year. Bonuses and deductions apart. Items that the scheme does not name have no
 * cap of their own.
 */
export function capAdjustments(
  scheme: AdjustmentScheme | undefined,
  entries: readonly AdjustmentEntry[],
): AdjustmentTotals {
  const items = new Map((scheme?.items ?? []).map((item) => [item.key, item]));
  const perItem: Capped[] = [];
  const perGroup: Capped[] = [];
  const year = (['bonus', 'deduction'] as const).map((kind) => {
    const own = entries.filter((entry) => entry.kind === kind);
    const capped = capEach(kind, sums(own.map(({ item, points }) => [item, points])), (key) => items.get(key)?.cap);
    perItem.push(...capped);
    const inGroup = (key: string) => items.get(key)?.group;
    const grouped = capEach(
      kind,
      sums(
        capped.flatMap(({ key, after }) => {
          const group = inGroup(key);
          return group === undefined ? [] : [[group, after]];
        }),
      ),
      (key) => scheme?.groups?.[key]?.caps?.[kind],
    );
    perGroup.push(...grouped);
    const alone = capped.filter(({ key }) => inGroup(key) === undefined);
    const all = [...grouped, ...alone].reduce((sum, { after }) => sum.plus(after), new Exact(0));
    return cap(kind, 'year', all, scheme?.caps?.[kind]);
  });
  const [bonus, deduction] = year as [Capped, Capped];
  return {
    items: perItem,
    groups: perGroup,
    year: [bonus, deduction],
    sum: new Exact(bonus.after).minus(deduction.after).toFixed(),
    vetoes: [...new Set(entries.flatMap(({ kind, item }) => (kind === 'veto' ? [item] : [])))].sort(),
  };
}

const sums = (pairs: readonly (readonly [string, string])[]): Sums => {
  const all = new Map<string, InstanceType<typeof Exact>>();
  for (const [key, points] of pairs) all.set(key, (all.get(key) ?? new Exact(0)).plus(points));
  return all;
};

const capEach = (kind: Capped['kind'], each: Sums, capOf: (key: string) => string | undefined): Capped[] =>
  [...each].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, before]) => cap(kind, key, before, capOf(key)));

const cap = (
  kind: Capped['kind'],
  key: string,
  before: InstanceType<typeof Exact>,
  most: string | undefined,
): Capped => ({
  kind,
  key,
  before: before.toFixed(),
  after: most === undefined ? before.toFixed() : Exact.min(before, most).toFixed(),
  cap: most ?? null,
});

/** The caps of a scheme as a scoring rule of kind `ledger` takes them, so that the score is capped as the ledger is. */
export function ledgerCaps(
  scheme: AdjustmentScheme,
  kind: Capped['kind'],
): { items: Record<string, string>; groups: Record<string, string>; year?: string } {
  const year = scheme.caps?.[kind];
  const items = scheme.items.flatMap(({ key, kind: of, cap: most }): [string, string][] =>
    of === kind && most !== undefined ? [[key, most]] : [],
  );
  const groups = Object.entries(scheme.groups ?? {}).flatMap(([key, { caps }]): [string, string][] => {
    const most = caps?.[kind];
    return most === undefined ? [] : [[key, most]];
  });
  return { items: Object.fromEntries(items), groups: Object.fromEntries(groups), ...(year !== undefined && { year }) };
}
