import Button from '@mui/material/Button';
import { Link } from 'react-router-dom';
import type { Person } from '../api/types.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { Tag } from '../ui/Tag.tsx';
import { InviteAllButton } from './InviteButton.tsx';
import { Roles } from './Roles.tsx';
import { ROLES } from './roleKeys.ts';

export default function PersonList() {
  const t = useT();
  const known = useKnown();
  const can = useCan();
  const grants = can('roles.write') && (
    <Button component={Link} to="/roles/import" variant="outlined">
      {t('people.grantMany')}
    </Button>
  );
  const actions = can('people.write') ? (
    <>
      <InviteAllButton />
      <Button component={Link} to="/people/import" variant="outlined">
        {t('orgs.import')}
      </Button>
      <Button component={Link} to="/people/create" variant="contained">
        {t('people.add')}
      </Button>
    </>
  ) : (
    grants
  );
  return (
    <ListPage<Person>
      resource="people"
      title={t('people.title')}
      sort={{ field: 'username', order: 'ASC' }}
      search={t('people.search')}
      choices={[
        {
          key: 'role',
          label: t('people.roles'),
          options: ROLES.map((value) => ({ value, name: known('people.roleNames', value) })),
        },
      ]}
      actions={actions}
      linkTo={(person) => `/people/${person.id}`}
      columns={[
        {
          key: 'name',
          label: t('people.name'),
          sort: true,
          render: (person) => (
            <>
              {person.name} {!person.active && <Tag>{t('common.inactive')}</Tag>}
            </>
          ),
        },
        { key: 'username', label: t('people.username'), sort: true, wide: true, render: (person) => person.username },
        { key: 'org', label: t('people.org'), sort: true, render: (person) => person.org.name },
        { key: 'title', label: t('people.jobTitle'), render: (person) => person.title ?? '' },
        { key: 'roles', label: t('people.roles'), wide: true, render: (person) => <Roles person={person} short /> },
      ]}
      empty={{ title: t('people.empty'), help: t('people.emptyHelp'), action: actions }}
    />
  );
}
