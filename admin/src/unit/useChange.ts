import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import { UNIT } from './api.ts';

interface Change {
  path: string;
  body: unknown;
}

/** Changes something of the unit's; everything of it is then read again. Sent twice, it happens once. */
export function useChange<T = unknown>(after: (answer: T) => void = () => {}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: Change) => call<T>(path, { method: 'POST', body, key: makeKey() }),
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: [UNIT] });
      after(answer);
    },
  });
}
