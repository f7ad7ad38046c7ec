import { useEffect } from 'react';
import { tellBack } from './back.ts';
import { API } from './http.ts';
import { keys } from './queries.ts';
import { queryClient } from './queryClient.ts';
import type { TaskCounts } from './types.ts';

/**
 * Listens to the server while the page is looked at. A hidden tab lets go: browsers allow six connections to a plain
 * http origin, and ten open tabs would use them up.
 */
export function useLive(): void {
  useEffect(() => {
    let source: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let away = false;

    const open = () => {
      close();
      source = new EventSource(`${API}/events`);
      source.addEventListener('tasks', onTasks);
      source.addEventListener('case', onCase);
      source.onopen = () => {
        if (away) onReturn();
        away = false;
      };
      source.onerror = () => {
        away = true;
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, 30_000);
      };
    };
    const close = () => {
      clearTimeout(again);
      source?.close();
      source = undefined;
    };
    const onVisibility = () => (document.visibilityState === 'visible' ? open() : close());

    onVisibility();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      close();
    };
  }, []);
}

/** What happened while nothing could be heard is asked for; what could not be sent goes out. */
function onReturn(): void {
  void queryClient.invalidateQueries();
  tellBack();
}

function onTasks(event: MessageEvent<string>): void {
  const { todo } = JSON.parse(event.data) as { todo: number };
  queryClient.setQueryData<TaskCounts>(keys.counts, (counts) => (counts ? { ...counts, todo } : counts));
  void queryClient.invalidateQueries({ queryKey: ['tasks', 'counts'] });
  void queryClient.invalidateQueries({ queryKey: ['tasks', 'list'] });
  void queryClient.invalidateQueries({ queryKey: ['notices'] });
}

function onCase(event: MessageEvent<string>): void {
  const { caseId } = JSON.parse(event.data) as { caseId: string };
  void queryClient.invalidateQueries({ queryKey: keys.case(caseId) });
  void queryClient.invalidateQueries({ queryKey: keys.unit });
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isTaskOf(caseId, queryKey) });
}

/** Whether a cached answer is a task of a case. */
const isTaskOf = (caseId: string, [what, kind, id]: readonly unknown[]): boolean =>
  what === 'tasks' && kind === 'one' && typeof id === 'string' && id.startsWith(`${caseId}.`);
