import { Exact } from '../scoring/exact.ts';

/** Competition ranking (1, 2, 2, 4): equal values share the better rank; a null has none. */
export function ranks(values: readonly (string | null)[], direction: 'up' | 'down'): (number | null)[] {
  const sorted = values
    .flatMap((value) => (value === null ? [] : new Exact(value)))
    .sort((a, b) => (direction === 'up' ? b.cmp(a) : a.cmp(b)));
  const first = new Map<string, number>();
  for (const [i, value] of sorted.entries()) if (!first.has(value.toFixed())) first.set(value.toFixed(), i + 1);
  return values.map((value) => (value === null ? null : (first.get(new Exact(value).toFixed()) ?? null)));
}

export interface Standing {
  id: string;
  rank: number | null;
}

/** By how many places each unit climbed against last year, biggest first; who was not ranked in both years is left out. */
export function climbs(now: readonly Standing[], before: readonly Standing[]): { id: string; places: number }[] {
  const last = new Map(before.map(({ id, rank }) => [id, rank]));
  return now
    .flatMap(({ id, rank }) => {
      const was = last.get(id);
      return rank === null || was === null || was === undefined ? [] : [{ id, places: was - rank }];
    })
    .sort((a, b) => b.places - a.places);
}
