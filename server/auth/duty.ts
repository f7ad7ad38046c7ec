import type { Deps } from '../http/deps.ts';
import type { Me } from './me.ts';
import { isAdministrator } from './roles.ts';

/** What a session must see to before it may do anything else. */
export type Duty = 'password.expired' | 'secondFactor.required';

const DAY = 86_400_000;

/** The first duty of whoever asks, by the settings; the demo city, whose one password everybody knows, has none. */
export const dutyOf = (me: Me, { settings, demo }: Pick<Deps, 'settings' | 'demo'>, now: Date): Duty | undefined => {
  if (demo) return undefined;
  // Whoever has no password here shows one elsewhere.
  const age = me.passwordChangedAt ? now.getTime() - me.passwordChangedAt.getTime() : 0;
  if (settings.passwordDays > 0 && age > settings.passwordDays * DAY) return 'password.expired';
  // The three can open doors: none of them by a password alone.
  const administers = me.roles.some(({ role }) => isAdministrator(role));
  if (settings.secondFactor && administers && !me.secondFactor) return 'secondFactor.required';
  return undefined;
};
