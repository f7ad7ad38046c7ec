import { QueryClient } from '@tanstack/react-query';
import { problemOf } from './problem.ts';

/** One cache for react-admin's calls and ours. A refusal is an answer: only a missing one is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && [0, 502, 503, 504].includes(problemOf(error).status),
      refetchOnWindowFocus: true,
    },
    // Without a network a change fails at once and says so; it would wait in silence otherwise.
    mutations: { retry: false, networkMode: 'always' },
  },
});
