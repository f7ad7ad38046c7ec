import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import { problemOf } from '../api/problem.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Acted, ActionName, TaskDetail, Values } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';

export interface Act {
  action: ActionName;
  values?: Values;
  reason?: string;
  to?: string;
}

/**
 * Sends a decision and waits for the answer: nothing is shown as done before the server has it. The same decision sent
 * again after a lost answer carries the same key, so it counts once.
 */
export function useAct(task: TaskDetail, onActed: () => void) {
  const t = useT();
  const notify = useNotify();
  const navigate = useNavigate();
  const sent = useRef({ what: '', key: '' });

  return useMutation({
    mutationFn: (act: Act) => {
      const what = JSON.stringify(act);
      if (sent.current.what !== what) sent.current = { what, key: makeKey() };
      return call<Acted>(`/tasks/${task.id}/act`, {
        method: 'POST',
        body: { ...act, revision: task.revision },
        key: sent.current.key,
      });
    },
    onSuccess: ({ next }, { action }) => {
      onActed();
      queryClient.removeQueries({ queryKey: ['tasks', 'one', task.id] });
      void queryClient.invalidateQueries({ queryKey: ['tasks'] });
      void queryClient.invalidateQueries({ queryKey: ['cases', task.caseId] });
      notify(t(next ? 'task.acted.next' : 'task.acted.last', { what: t(`task.acted.${action}`) }), { type: 'success' });
      navigate(next ? `/tasks/${next}` : '/inbox', { replace: true });
    },
    onError: (error) => {
      // An answer means that this attempt is over; only silence is worth repeating under the same key.
      if (problemOf(error).status !== 0) sent.current = { what: '', key: '' };
    },
  });
}
