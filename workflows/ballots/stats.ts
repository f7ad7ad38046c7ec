import { Exact } from '../scoring/exact.ts';

/** Ballots of one item, counted; enough for means, trimmed means, shares and layers. */
export interface Stats {
  n: number;
  sum: string;
  min: string;
  max: string;
  counts?: Record<string, number>;
  /** The places that the assessors gave it. */
  ranks?: string[];
  layers?: Record<string, Stats>;
}

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

/**
 * Puts the parts of one participant's ballots of a group together. Every sheet has all items of a unit, so the item with most
 * ballots says how many were cast. Below `minVotes` valid ones the items are left out.
 */
export function gather(parts: readonly Part[], places: readonly Places[] = [], minVotes = 1): GroupBallots {
  const rows = new Map<string, { cast: number; valid: number }>();
  const items: Record<string, Stats> = {};
  for (const part of parts) {
    const counted = rows.get(part.item) ?? { cast: 0, valid: 0 };
    counted.cast += part.rows;
    if (part.valid) counted.valid += part.rows;
    rows.set(part.item, counted);
    if (!part.valid || part.n === 0) continue;
    items[part.item] = add(items[part.item], part, part.layer);
  }
  for (const { item, layer, places: some } of places) rank(items[item], layer, some);
  let cast = 0;
  let valid = 0;
  for (const counted of rows.values()) {
    cast = Math.max(cast, counted.cast);
    valid = Math.max(valid, counted.valid);
  }
  return { cast, valid, items: valid < minVotes ? {} : items };
}

function add(before: Stats | undefined, part: Part, layer: string | null): Stats {
  const { n, sum, min, max, option } = part;
  const one: Stats = { n, sum: sum ?? '0', min: min ?? '0', max: max ?? '0' };
  if (option !== null) one.counts = { [option]: n };
  if (layer === null) return before ? merge(before, one) : one;
  const whole = before ? merge(before, one) : { ...one };
  const inside = before?.layers?.[layer];
  return { ...whole, layers: { ...before?.layers, [layer]: inside ? merge(inside, one) : one } };
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
  if (a.layers) merged.layers = a.layers;
  return merged;
}

function rank(stats: Stats | undefined, layer: string | null, places: readonly number[]): void {
  if (!stats) return;
  const all = [...(stats.ranks ?? []).map(Number), ...places].sort((a, b) => a - b);
  stats.ranks = all.map(String);
  if (layer !== null) rank(stats.layers?.[layer], null, places);
}
