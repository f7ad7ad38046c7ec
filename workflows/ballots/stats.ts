import type { Stats } from '../scoring/data.ts';
import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';

export type { Stats } from '../scoring/data.ts';

/** What a group says of one participant. */
export interface GroupBallots {
  cast: number;
  valid: number;
  items: Record<string, Stats>;
}

/** Ballots of one item, layer and option that were counted together. */
export interface Part {
  item: string;
  layer: string | null;
  option: string | null;
  /** Not of a spoilt sheet. */
  valid: boolean;
  /** Ballots, and how many of them say something. */
  rows: number;
  n: number;
  sum: string | null;
  min: string | null;
  max: string | null;
}

/** The places that the assessors of a layer gave an item, where the group keeps them. */
export interface Places {
  item: string;
  layer: string | null;
  places: readonly number[];
}

/** What a group says of how its ballots are counted. */
export interface Counting {
  /** Fewer ballots than this say nothing: neither of an item, nor of a layer. */
  minVotes?: number;
  /** What each layer weighs, where the layers have weights. */
  layers?: readonly { key: string; name: Text; weight: string }[];
}

/**
 * Puts the parts of one participant's ballots of a group together. Every sheet has all items of a unit, so the item with most
 * ballots says how many were cast. An item of which fewer than `minVotes` say something is left out. A layer with a weight that has
 * fewer is not counted; layers without weights are told apart only where each has enough, so that none can be worked out from the rest.
 */
export function gather(
  parts: readonly Part[],
  places: readonly Places[] = [],
  { minVotes = 1, layers = [] }: Counting = {},
): GroupBallots {
  const rows = new Map<string, { cast: number; valid: number }>();
  const found = new Map<string, Map<string | null, Stats>>();
  for (const part of parts) {
    const counted = rows.get(part.item) ?? { cast: 0, valid: 0 };
    counted.cast += part.rows;
    if (part.valid) counted.valid += part.rows;
    rows.set(part.item, counted);
    if (!part.valid || part.n === 0) continue;
    const inItem = found.get(part.item) ?? new Map<string | null, Stats>();
    found.set(part.item, inItem);
    const before = inItem.get(part.layer);
    inItem.set(part.layer, before ? merge(before, statsOf(part)) : statsOf(part));
  }
  for (const { item, layer, places: some } of places) {
    const stats = found.get(item)?.get(layer);
    if (stats) stats.ranks = sorted([...(stats.ranks ?? []).map(Number), ...some]);
  }
  const items = [...found].flatMap(([item, inItem]): [string, Stats][] => {
    const stats = together(inItem, minVotes, layers);
    return stats && stats.n >= minVotes ? [[item, stats]] : [];
  });
  let cast = 0;
  let valid = 0;
  for (const counted of rows.values()) {
    cast = Math.max(cast, counted.cast);
    valid = Math.max(valid, counted.valid);
  }
  return { cast, valid, items: Object.fromEntries(items) };
}

/** The layers of an item as one, and apart. */
function together(
  inItem: ReadonlyMap<string | null, Stats>,
  minVotes: number,
  weighted: NonNullable<Counting['layers']>,
): Stats | null {
  const enough = ([, { n }]: readonly [string | null, Stats]) => n >= minVotes;
  const counted = weighted.length > 0 ? [...inItem].filter(enough) : [...inItem];
  const [first, ...rest] = counted.map(([, stats]) => stats);
  if (!first) return null;
  const whole = rest.reduce(merge, first);
  const apart = counted.every(enough) ? counted : [];
  const layers = apart.flatMap(([key, stats]): [string, Stats][] => {
    if (key === null) return [];
    const layer = weighted.find((one) => one.key === key);
    return [[key, layer ? { ...stats, weight: layer.weight, name: layer.name } : stats]];
  });
  return layers.length > 0 ? { ...whole, layers: Object.fromEntries(layers) } : whole;
}

function statsOf({ n, sum, min, max, option }: Part): Stats {
  const one: Stats = { n, sum: sum ?? '0', min: min ?? '0', max: max ?? '0' };
  if (option !== null) one.counts = { [option]: n };
  return one;
}

function merge(a: Stats, b: Stats): Stats {
  const merged: Stats = {
    n: a.n + b.n,
    sum: new Exact(a.sum).plus(b.sum).toFixed(),
    min: new Exact(a.min).lte(b.min) ? a.min : b.min,
    max: new Exact(a.max).gte(b.max) ? a.max : b.max,
  };
  if (a.counts || b.counts) {
    merged.counts = { ...a.counts };
    for (const [option, n] of Object.entries(b.counts ?? {})) merged.counts[option] = (merged.counts[option] ?? 0) + n;
  }
  if (a.ranks || b.ranks) merged.ranks = sorted([...(a.ranks ?? []), ...(b.ranks ?? [])].map(Number));
  return merged;
}

const sorted = (places: readonly number[]): string[] => places.toSorted((a, b) => a - b).map(String);
