import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCan } from '../session/session.ts';
import { call, type Query } from './http.ts';
import type {
  Box,
  Calendar,
  Case,
  Cycle,
  Dashboard,
  Flow,
  Forecast,
  List,
  Notice,
  Person,
  Task,
  TaskCounts,
  TaskDetail,
  TimelineItem,
} from './types.ts';

/** Keys of the cache; live events drop them by their first parts. */
export const keys = {
  counts: ['tasks', 'counts'] as const,
  task: (id: string) => ['tasks', 'one', id] as const,
  taskList: (box: Box, filter: Query) => ['tasks', 'list', box, filter] as const,
  /** All that is read for the face of the own unit. */
  unit: ['unit'] as const,
  case: (id: string) => ['cases', id] as const,
};

/** Reads something once, and again when its key is dropped. */
export function useGet<T>(
  key: readonly unknown[],
  path: string,
  options: { query?: Query; enabled?: boolean; staleTime?: number; retry?: boolean; refetchInterval?: number } = {},
): UseQueryResult<T> {
  const { query, ...rest } = options;
  return useQuery<T>({
    queryKey: key,
    queryFn: ({ signal }) => call<T>(path, { signal, ...(query ? { query } : {}) }),
    ...rest,
  });
}

export const useCounts = () => useGet<TaskCounts>(keys.counts, '/tasks/counts', { enabled: useCan()('business') });
export const useTask = (id: string) => useGet<TaskDetail>(keys.task(id), `/tasks/${id}`, { staleTime: 0 });
export const useCase = (id: string, enabled = true) =>
  useGet<Case>([...keys.case(id), 'case'], `/cases/${id}`, { enabled });
export const useFlow = (id: string, enabled = true) =>
  useGet<Flow>([...keys.case(id), 'flow'], `/cases/${id}/flow`, { enabled });
export const useForecast = (id: string, enabled: boolean) =>
  useGet<Forecast>([...keys.case(id), 'forecast'], `/cases/${id}/forecast`, { enabled });
export const useCycle = (id: string | undefined) =>
  useGet<Cycle>(['cycles', id], `/cycles/${id}`, { enabled: id !== undefined });
export const useDashboard = (id: string, enabled = true) =>
  useGet<Dashboard>(['cycles', id, 'dashboard'], `/cycles/${id}/dashboard`, { enabled });
export const useCalendar = (year: number) =>
  useGet<Calendar>(['calendar', year], '/calendar', { query: { year }, staleTime: 600_000 });
export const usePerson = (id: string | undefined) =>
  useGet<Person>(['people', 'one', id], `/people/${id}`, { enabled: !!id, staleTime: 600_000 });
export const useCycleNames = () =>
  useGet<List<Cycle>>(['cycles', 'names'], '/cycles', { query: { limit: 50 }, staleTime: 60_000 });

/** A keyset list that grows as one scrolls. */
export function useGrowing<Row>(key: readonly unknown[], path: string, query: Query, enabled = true) {
  const result = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => call<List<Row>>(path, { query: { ...query, after: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled,
  });
  const pages = result.data?.pages ?? [];
  return { ...result, items: pages.flatMap((page) => page.items), total: pages.at(-1)?.total ?? 0 };
}

export const useTaskList = (box: Box, filter: Query) =>
  useGrowing<Task>(keys.taskList(box, filter), '/tasks', { box, limit: 50, ...filter });
export const useNotices = (enabled: boolean, q: string) =>
  useGrowing<Notice>(['notices', q], '/notices', { limit: 50, q }, enabled);

/** The timeline's pages look a little different: no total. */
export function useTimeline(caseId: string, enabled = true) {
  const result = useInfiniteQuery({
    queryKey: [...keys.case(caseId), 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      call<{ items: TimelineItem[]; next: string | null }>(`/cases/${caseId}/timeline`, {
        query: { after: pageParam, limit: 500 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled,
  });
  return { ...result, items: (result.data?.pages ?? []).flatMap((page) => page.items) };
}
