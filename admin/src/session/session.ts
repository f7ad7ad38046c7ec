import { useQuery } from '@tanstack/react-query';
import { call, setSession } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Me } from '../api/types.ts';

const KEY = ['session'] as const;

async function fetchMe(): Promise<Me> {
  const me = await call<Me>('/session');
  setSession({ csrf: me.csrf });
  return me;
}

/** Who is signed in; fails with `session.missing`. */
export const loadMe = (): Promise<Me> =>
  queryClient.fetchQuery({ queryKey: KEY, queryFn: fetchMe, staleTime: 300_000, retry: false });

export const useMe = (): Me | undefined =>
  useQuery({ queryKey: KEY, queryFn: fetchMe, staleTime: 300_000, retry: false }).data;

/** Whether the signed-in person may do something that is not about one record. */
export function useCan(): (ability: string) => boolean {
  const me = useMe();
  return (ability) => me?.can.includes(ability) ?? false;
}

/** Signs in and forgets what the last person saw. */
export async function signIn(username: string, password: string): Promise<Me> {
  const { csrf } = await call<{ csrf: string }>('/session', { method: 'POST', body: { username, password } });
  setSession({ csrf });
  queryClient.clear();
  return loadMe();
}

/** Signs the same person in again, keeping all that is on the screen. */
export async function signInAgain(username: string, password: string): Promise<void> {
  const { csrf } = await call<{ csrf: string }>('/session', { method: 'POST', body: { username, password } });
  setSession({ csrf });
  await queryClient.invalidateQueries();
}

export async function signOut(): Promise<void> {
  await call('/session', { method: 'DELETE' }).catch(() => {});
  setSession({ csrf: '' });
  queryClient.clear();
}
