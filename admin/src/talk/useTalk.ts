import { useMutation, useQuery } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { call } from '../api/http.ts';
import { keys } from '../api/queries.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Copy, Phrase, TalkComment } from '../api/types.ts';

export const useComments = (caseId: string) =>
  useQuery({
    queryKey: [...keys.case(caseId), 'comments'],
    queryFn: ({ signal }) =>
      call<{ items: TalkComment[]; total: number }>(`/cases/${caseId}/comments?limit=100`, { signal }),
  });

export const useCopies = (caseId: string) =>
  useQuery({
    queryKey: [...keys.case(caseId), 'copies'],
    queryFn: ({ signal }) => call<{ items: Copy[] }>(`/cases/${caseId}/copies`, { signal }),
  });

const PHRASES = ['me', 'phrases'] as const;
export const usePhrases = () =>
  useQuery({ queryKey: PHRASES, queryFn: ({ signal }) => call<{ items: Phrase[] }>('/me/phrases', { signal }) });
export const refreshPhrases = () => queryClient.invalidateQueries({ queryKey: PHRASES });

/** A change to what is around a case; its pages and lists are read again afterwards. */
export function useSay<Said>(caseId: string, say: (given: Said) => Promise<unknown>, done?: string) {
  const notify = useNotify();
  return useMutation({
    mutationFn: say,
    onSuccess: () => {
      if (done) notify(done, { type: 'success' });
      void queryClient.invalidateQueries({ queryKey: keys.case(caseId) });
      void queryClient.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
}
