import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { ListBase, useGetOne } from 'ra-core';
import { Link, useParams } from 'react-router-dom';
import type { OrgUnit, Person, Ref } from '../api/types.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { Facts } from '../ui/Facts.tsx';
import { ListBody } from '../ui/ListPage.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';

export default function OrgShow() {
  const { id = '' } = useParams();
  const t = useT();
  const known = useKnown();
  const { data: org, error, isPending, refetch } = useGetOne<OrgUnit>('orgs', { id });
  if (isPending) return <Waiting />;
  if (!org)
    return (
      <Page title={t('common.error.requestFailed')} back="/orgs">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  const link = (ref: Ref | undefined) => ref && <Link to={`/orgs/${ref.id}`}>{ref.name}</Link>;
  return (
    <Page
      title={org.name}
      over={org.parent?.name}
      back="/orgs"
      width={920}
      under={!org.active && <Tag>{t('common.inactive')}</Tag>}
      actions={
        org.can.length > 0 && (
          <Button component={Link} to={`/orgs/${id}/edit`} variant="outlined">
            {t('common.edit')}
          </Button>
        )
      }
    >
      <Stack spacing={3}>
        <Panel>
          <Facts
            items={[
              { name: t('orgs.code'), value: org.code },
              { name: t('orgs.nameEn'), value: org.nameEn },
              { name: t('orgs.kind'), value: known('orgs.kinds', org.kind) },
              { name: t('orgs.category'), value: known('orgs.categories', org.category) },
              { name: t('orgs.parent'), value: link(org.parent) },
              { name: t('orgs.head'), value: org.head && <Link to={`/people/${org.head.id}`}>{org.head.name}</Link> },
              { name: t('orgs.monitoringUnit'), value: link(org.monitoringUnit) },
              { name: t('orgs.dayEnd'), value: org.dayEnd },
            ]}
          />
        </Panel>
        <div>
          <ListBase
            resource="people"
            filter={{ orgId: id }}
            sort={{ field: 'username', order: 'ASC' }}
            perPage={25}
            disableSyncWithLocation
            disableAuthentication
          >
            <ListBody<Person>
              linkTo={(person) => `/people/${person.id}`}
              columns={[
                { key: 'name', label: t('people.name'), render: (person) => person.name },
                { key: 'title', label: t('people.jobTitle'), render: (person) => person.title ?? '' },
                { key: 'username', label: t('people.username'), wide: true, render: (person) => person.username },
              ]}
              empty={{ title: t('people.empty') }}
            />
          </ListBase>
        </div>
      </Stack>
    </Page>
  );
}
