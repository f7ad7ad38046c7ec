import type { Person } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';

/** The roles a person holds, with where they hold for one unit only. */
export function Roles({ person, short = false }: { person: Person; short?: boolean }) {
  const t = useT();
  const known = useKnown();
  const format = useFormat();
  const words = person.roles.map(({ role, org }) => {
    const name = known('people.roleNames', role);
    return org && !short && org.id !== person.org.id ? t('people.roleIn', { role: name, org: org.name }) : name;
  });
  return <>{format.list([...new Set(words)])}</>;
}
