import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Box } from '../api/types.ts';

export const BOXES: Box[] = ['todo', 'done', 'started', 'told'];

export interface Filter {
  box: Box;
  q: string;
  cycleId: string;
  sort: string;
}

/** The order a box comes in unless asked otherwise. */
export const defaultSort = (box: Box): string =>
  box === 'todo' ? 'dueAt' : box === 'done' ? '-closedAt' : '-openedAt';

/** What the address says is shown; the address is the only place that remembers. */
export function readFilter(params: URLSearchParams): Filter {
  const asked = params.get('box') as Box | null;
  const box = asked && BOXES.includes(asked) ? asked : 'todo';
  return {
    box,
    q: params.get('q') ?? '',
    cycleId: params.get('cycleId') ?? '',
    sort: params.get('sort') ?? defaultSort(box),
  };
}

/** The address of a filter, without what goes without saying. */
export function writeFilter(filter: Filter): URLSearchParams {
  const params = new URLSearchParams({ box: filter.box });
  if (filter.q) params.set('q', filter.q);
  if (filter.cycleId) params.set('cycleId', filter.cycleId);
  if (filter.sort !== defaultSort(filter.box)) params.set('sort', filter.sort);
  return params;
}

export function useFilter() {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readFilter(params), [params]);
  const change = useCallback(
    (part: Partial<Filter>) => setParams((now) => writeFilter({ ...readFilter(now), ...part }), { replace: true }),
    [setParams],
  );
  return { filter, change, filtered: filter.q !== '' || filter.cycleId !== '' };
}
