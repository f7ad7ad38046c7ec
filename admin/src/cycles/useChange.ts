import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Call, call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';

export interface Change extends Pick<Call, 'method' | 'ifMatch'> {
  path: string;
  body: unknown;
}

/** Changes something about a cycle; everything read of the cycle is then read again. */
export function useChange<Answer = unknown>(cycleId: string, after: (answer: Answer) => void = () => {}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body, method = 'POST', ifMatch }: Change) =>
      call<Answer>(path, {
        method,
        body,
        ...(method === 'POST' && { key: makeKey() }),
        ...(ifMatch !== undefined && { ifMatch }),
      }),
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: ['cycles', cycleId] });
      after(answer);
    },
  });
}
