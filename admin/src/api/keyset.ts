import type { List } from './types.ts';

/**
 * Page numbers over a list that only knows "after this row". Remembers where each page of a query begins; a page that was
 * never reached is found by walking from the nearest one that was.
 */
export function makeKeyset(limit = 200) {
  const starts = new Map<string, string[]>();

  return async function page<Row>(
    query: string,
    number: number,
    fetchPage: (after: string | null) => Promise<List<Row>>,
  ): Promise<List<Row>> {
    const known = number === 1 ? [''] : (starts.get(query) ?? ['']);
    starts.delete(query);
    starts.set(query, known);
    if (starts.size > limit) starts.delete(starts.keys().next().value as string);
    for (let at = Math.min(number, known.length); ; at++) {
      const list = await fetchPage(known[at - 1] || null);
      if (list.next) known[at] = list.next;
      else known.length = at;
      if (at === number) return list;
      if (!list.next) return { items: [], total: list.total, next: null };
    }
  };
}
