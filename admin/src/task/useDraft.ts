import { useCallback, useEffect, useRef, useState } from 'react';
import { onBack } from '../api/back.ts';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import type { Values } from '../api/types.ts';
import { dropLocalDraft, keepLocalDraft } from './localDraft.ts';

export type DraftState =
  | { at: 'clean' }
  | { at: 'dirty' }
  | { at: 'saving' }
  | { at: 'saved'; time: string }
  | { at: 'kept' };

const PAUSE = 900;

/**
 * Saves what is typed: on this computer at once, on the server after a pause, when the page is left, and when a server
 * that was away is back. `stop` is for when the task was acted on: a draft that arrives later would be refused anyway.
 */
export function useDraft(taskId: string) {
  const [state, setState] = useState<DraftState>({ at: 'clean' });
  const waiting = useRef<Values>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopped = useRef(false);

  const flush = useCallback(
    async (leaving = false) => {
      clearTimeout(timer.current);
      const values = waiting.current;
      if (!values || stopped.current) return;
      waiting.current = undefined;
      setState({ at: 'saving' });
      try {
        await call(`/tasks/${taskId}/draft`, { method: 'PUT', body: { values }, keepalive: leaving });
        if (!waiting.current) {
          dropLocalDraft(taskId);
          setState({ at: 'saved', time: new Date().toISOString() });
        }
      } catch (error) {
        const { status } = problemOf(error);
        // A refusal is an answer; what got none is sent once there may be one.
        if (status === 0 || status >= 500) waiting.current ??= values;
        setState({ at: 'kept' });
      }
    },
    [taskId],
  );

  const change = useCallback(
    (values: Values) => {
      if (stopped.current) return;
      waiting.current = values;
      keepLocalDraft(taskId, values);
      setState({ at: 'dirty' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE);
    },
    [taskId, flush],
  );

  const stop = useCallback(() => {
    stopped.current = true;
    clearTimeout(timer.current);
    dropLocalDraft(taskId);
  }, [taskId]);

  const resume = useCallback(() => {
    stopped.current = false;
  }, []);

  useEffect(() => {
    const leave = () => void flush(true);
    window.addEventListener('pagehide', leave);
    const stopWaiting = onBack(() => void flush());
    return () => {
      stopWaiting();
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [flush]);

  return { state, change, flush, stop, resume };
}
