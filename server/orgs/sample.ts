import { addDemoCity } from '../../prisma/seed/index.ts';
import { type PasswordRules, refuseWeak } from '../auth/choosePassword.ts';
import { hashPassword } from '../auth/password.ts';
import { weaknessesOf } from '../auth/passwordPolicy.ts';
import { ADMINISTRATORS } from '../auth/roles.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';

/**
 * Fills a city that has nobody yet but its administrators with the units and people of 示例市. They share the password that is
 * given here, not the public one of the demo: others may reach this instance.
 */
export const loadSample = async (
  db: Database,
  password: string,
  settings: PasswordRules,
): Promise<{ orgs: number; people: number }> => {
  refuseWeak(weaknessesOf(password, [], settings.passwordLength));
  // Whoever adds a unit or a person meanwhile waits for this to end; two who load at once take turns.
  await db.$executeRaw`LOCK TABLE org_units, people IN SHARE ROW EXCLUSIVE MODE`;
  const [there] = await db.$queryRaw<{ orgs: number; people: number }[]>`
    SELECT (SELECT count(*)::int FROM org_units) AS orgs, (SELECT count(*)::int FROM people p WHERE NOT EXISTS (
      SELECT FROM roles r WHERE r.person_id = p.id AND r.role = ANY(${[...ADMINISTRATORS]}::text[]))) AS people`;
  // Beside the administrators and the unit that was made for them.
  if (!there || there.orgs > 1 || there.people > 0) throw problem('sample.notEmpty', there ?? {});
  return addDemoCity(db, { passwordHash: await hashPassword(password) });
};
