import { useQuery } from '@tanstack/react-query';
import type { Language } from '../../../workflows/text.ts';
import { call, setSession } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Me, Preferences } from '../api/types.ts';

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

/** Keeps what somebody has set with their account. */
export async function rememberPreferences(change: Partial<Preferences>): Promise<void> {
  const me = queryClient.getQueryData<Me>(KEY);
  if (!me) return;
  const preferences = { ...me.preferences, ...change };
  queryClient.setQueryData<Me>(KEY, { ...me, preferences });
  await call('/session/preferences', { method: 'PUT', body: preferences });
}

/** What signing in leads to: a session, or the question for a code. */
type Entered = { csrf: string } | { secondFactor: true };

/** A step of signing in: name and password, or the code after them. */
export type Step = { username: string; password: string } | { code: string };

/** Takes a step of signing in. True when somebody is signed in by it, false when a code is asked for. */
async function enter(step: Step): Promise<boolean> {
  const path = 'code' in step ? '/session/second-factor' : '/session';
  const answer = await call<Entered>(path, { method: 'POST', body: step });
  if (!('csrf' in answer)) return false;
  setSession({ csrf: answer.csrf });
  return true;
}

/** Signs in and forgets what the last person saw. Undefined: a code is asked for. */
export async function signIn(step: Step): Promise<Me | undefined> {
  if (!(await enter(step))) return undefined;
  queryClient.clear();
  return loadMe();
}

/** Signs the same person in again, keeping all that is on the screen. False: a code is asked for. */
export async function signInAgain(step: Step): Promise<boolean> {
  if (!(await enter(step))) return false;
  await queryClient.invalidateQueries();
  return true;
}

/** Asks anew who is signed in, and what they must see to. */
export const reloadMe = (): Promise<void> => queryClient.invalidateQueries({ queryKey: KEY });

/** The server clears what this site stored (drafts!) when one leaves; how the page looks is not private. */
const KEPT = ['bihuan.language', 'bihuan.theme', 'bihuan.shortcuts.off'];

export async function signOut(): Promise<void> {
  const kept = KEPT.map((key) => [key, localStorage.getItem(key)] as const);
  await call('/session', { method: 'DELETE' }).catch(() => {});
  for (const [key, value] of kept) if (value !== null) localStorage.setItem(key, value);
  setSession({ csrf: '' });
  queryClient.clear();
}

/** Remembers the language with the account, for mails and for the next computer. */
export async function rememberLanguage(language: Language): Promise<void> {
  if (queryClient.getQueryData(KEY))
    await call('/session/language', { method: 'PUT', body: { language } }).catch(() => {});
}
