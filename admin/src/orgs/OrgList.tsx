import Button from '@mui/material/Button';
import { Link } from 'react-router-dom';
import type { OrgUnit } from '../api/types.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { Tag } from '../ui/Tag.tsx';
import { CATEGORIES, KINDS } from './kinds.ts';

export default function OrgList() {
  const t = useT();
  const known = useKnown();
  const can = useCan();
  const adding = can('orgs.write') && (
    <>
      <Button component={Link} to="/orgs/import" variant="outlined">
        {t('orgs.import')}
      </Button>
      <Button component={Link} to="/orgs/create" variant="contained">
        {t('orgs.add')}
      </Button>
    </>
  );
  return (
    <ListPage<OrgUnit>
      resource="orgs"
      title={t('orgs.title')}
      sort={{ field: 'code', order: 'ASC' }}
      search={t('orgs.search')}
      choices={[
        {
          key: 'kind',
          label: t('orgs.kind'),
          options: KINDS.map((value) => ({ value, name: known('orgs.kinds', value) })),
        },
        {
          key: 'category',
          label: t('orgs.category'),
          options: CATEGORIES.map((value) => ({ value, name: known('orgs.categories', value) })),
        },
      ]}
      actions={
        <>
          <Button component={Link} to="/orgs/tree">
            {t('orgTree.tree')}
          </Button>
          {adding}
        </>
      }
      linkTo={(org) => `/orgs/${org.id}`}
      columns={[
        {
          key: 'name',
          label: t('orgs.name'),
          sort: true,
          render: (org) => (
            <>
              {org.name} {!org.active && <Tag>{t('common.inactive')}</Tag>}
            </>
          ),
        },
        { key: 'code', label: t('orgs.code'), sort: true, wide: true, render: (org) => org.code },
        { key: 'kind', label: t('orgs.kind'), sort: true, render: (org) => known('orgs.kinds', org.kind) },
        { key: 'category', label: t('orgs.category'), render: (org) => known('orgs.categories', org.category) },
        { key: 'head', label: t('orgs.head'), render: (org) => org.head?.name ?? '' },
        { key: 'people', label: t('orgs.people'), number: true, wide: true, render: (org) => org.people },
      ]}
      empty={{ title: t('orgs.empty'), help: t('orgs.emptyHelp'), action: adding }}
    />
  );
}
