import { z } from 'zod';
import type { AdjustmentData } from '../data.ts';
import { close } from '../evaluate.ts';
import { amount, Exact } from '../exact.ts';
import { type Kind, named, type Operand, positive, setting } from '../kind.ts';
import type { Scope } from '../scope.ts';
import { type Const, constant } from './const.ts';

const caps = z.record(z.string().min(1).max(64), positive);

/** 加减分台账: the approved entries of one kind, capped by item, then by group, then for the year. No entry: 0. */
export const ledgerSchema = z.strictObject({
  kind: z.literal('ledger'),
  ...named,
  of: z.enum(['bonus', 'deduction']),
  caps: z.strictObject({ items: caps.optional(), groups: caps.optional(), year: positive.optional() }).optional(),
});
export type Ledger = z.infer<typeof ledgerSchema>;
type Line = Pick<Ledger, 'kind' | 'key' | 'name'>;

export const ledger: Kind<Ledger> = {
  title: { zh: '加减分', en: 'ledger' },
  open: ({ of, caps }, scope) => {
    const entries = scope.data.adjustments.filter((one) => one.kind === of);
    const groups = by(entries, (one) => one.group).map(([group, inside]) => {
      const items = by(inside, (one) => one.item).map(([item, same]) =>
        capped(
          item,
          same.map((one) => entryOf(one, scope)),
          caps?.items?.[item],
          scope,
        ),
      );
      return capped(group, items, caps?.groups?.[group], scope);
    });
    return [...groups, ...capOf(caps?.year)];
  },
  value: (operands) => {
    const sum = operands.applying('of').reduce((total, one) => total.plus(one), new Exact(0));
    const cap = operands.exact('cap');
    return amount(cap && sum.gt(cap) ? cap : sum);
  },
  words: ({ each, pick }) => {
    const [all, [cap]] = [each('of'), each('cap')];
    const said = all.length === 0 ? pick('没有记录', 'no entry') : all.join(' + ');
    return cap === undefined ? said : pick(`${said}，不超过 ${cap}`, `${said}, at most ${cap}`);
  },
};

const capped = (key: string, all: readonly Operand[], cap: string | undefined, scope: Scope): Operand =>
  close<Line>(
    ledger as Kind<Line>,
    { kind: 'ledger', ...(key !== '' && { key }) },
    'of',
    [...all, ...capOf(cap)],
    scope.place,
  );

const capOf = (cap: string | undefined): Operand[] => (cap === undefined ? [] : [setting('cap', cap)]);

const entryOf = (entry: AdjustmentData, scope: Scope): Operand => {
  const worth = amount(entry.points);
  const figure = (name: string): Operand => ({
    as: name,
    amount: worth,
    input: {
      name,
      value: worth.text,
      source: `adjustments.${entry.id}`,
      ...(entry.source !== undefined && { record: entry.source }),
    },
  });
  if (!entry.withheld) return figure('of');
  // A line of its own says why it counts 0, beside what it would have been.
  const line: Const = { kind: 'const', name: entry.withheld, value: '0' };
  return close(constant, line, 'of', [setting('value', '0'), figure('points')], scope.place);
};

/** In the order of the keys, so that the order of the entries changes nothing. */
function by(entries: readonly AdjustmentData[], keyOf: (one: AdjustmentData) => string): [string, AdjustmentData[]][] {
  const found = new Map<string, AdjustmentData[]>();
  for (const one of entries) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
