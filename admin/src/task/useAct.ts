import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import { problemOf } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Acted, ActionName, TaskDetail, Values } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { sameMatter } from './overtaken.ts';

export interface Act {
  action: ActionName;
  values?: Values;
  reason?: string;
  to?: string;
  /** Where a return goes, if one chose. */
  block?: string;
  /** The seat that is taken away. */
  target?: number;
  cc?: string[];
}

/**
 * Sends a decision and waits for the answer: nothing is shown as done before the server has it. The same decision sent
 * again after a lost answer carries the same key, so it counts once. A decision on what has changed meanwhile is refused,
 * unless only the clock has moved (a reminder went out): then it is sent again on the new state.
 */
export function useAct(task: TaskDetail, onActed: () => void) {
  const t = useT();
  const notify = useNotify();
  const navigate = useNavigate();
  const sent = useRef({ what: '', key: '' });

  const send = (act: Act, revision: number) => {
    const what = JSON.stringify([act, revision]);
    if (sent.current.what !== what) sent.current = { what, key: makeKey() };
    return call<Acted>(`/tasks/${task.id}/act`, { method: 'POST', body: { ...act, revision }, key: sent.current.key });
  };

  return useMutation({
    mutationFn: async (act: Act) => {
      try {
        return await send(act, task.revision);
      } catch (error) {
        if (problemOf(error).id !== 'revision.stale') throw error;
        const fresh = await call<TaskDetail>(`/tasks/${task.id}`);
        if (!sameMatter(task, fresh)) throw error;
        return send(act, fresh.revision);
      }
    },
    onSuccess: ({ task: after, next }, { action }) => {
      // The seats have changed, and the task is still to be done: one stays with it and with what one has entered.
      const stays = after.can.length > 0 && task.state === 'open';
      if (!stays) onActed();
      void queryClient.invalidateQueries({ queryKey: keys.task(task.id) });
      void queryClient.invalidateQueries({ queryKey: ['tasks', 'list'] });
      void queryClient.invalidateQueries({ queryKey: keys.counts });
      void queryClient.invalidateQueries({ queryKey: keys.case(task.caseId) });
      if (stays || action === 'retrieve') {
        notify(t(`task.acted.${action}`), { type: 'success' });
        if (!stays && next) navigate(`/tasks/${next}`, { replace: true });
        return;
      }
      notify(t(next ? 'task.acted.next' : 'task.acted.last', { what: t(`task.acted.${action}`) }), { type: 'success' });
      navigate(next ? `/tasks/${next}` : '/inbox', { replace: true });
    },
    onError: (error) => {
      const { status } = problemOf(error);
      // An answer means that this attempt is over; only silence is worth repeating under the same key.
      if (status !== 0) sent.current = { what: '', key: '' };
      if (status !== 404 && status !== 409) return;
      void queryClient.invalidateQueries({ queryKey: keys.task(task.id) });
      void queryClient.invalidateQueries({ queryKey: keys.case(task.caseId) });
      void queryClient.invalidateQueries({ queryKey: ['tasks', 'list'] });
    },
  });
}
