import Button from '@mui/material/Button';
import { useGetOne } from 'ra-core';
import { Link, useParams } from 'react-router-dom';
import type { Person } from '../api/types.ts';
import { levelName } from '../form/level.ts';
import { useT } from '../i18n/useT.ts';
import { Initial } from '../layout/UserMenu.tsx';
import { Waiting } from '../layout/Waiting.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { InviteButton } from './InviteButton.tsx';
import { Roles } from './Roles.tsx';

export default function PersonShow() {
  const { id = '' } = useParams();
  const t = useT();
  const { data: person, error, isPending, refetch } = useGetOne<Person>('people', { id });
  if (isPending) return <Waiting />;
  if (!person)
    return (
      <Page title={t('common.error.requestFailed')} back="/people">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  return (
    <Page
      title={person.name}
      over={person.org.name}
      back="/people"
      width={920}
      lead={<Initial name={person.name} size={44} />}
      under={
        <>
          {person.title} {person.demo && <Tag tone="soon">{t('common.demo')}</Tag>}{' '}
          {!person.active && <Tag>{t('common.inactive')}</Tag>}
        </>
      }
      actions={
        <>
          {person.can.includes('grant') && (
            <Button component={Link} to={`/people/${id}/roles`} variant="outlined">
              {t('people.grant')}
            </Button>
          )}
          {person.can.includes('invite') && <InviteButton id={id} />}
          {person.can.includes('edit') && (
            <Button component={Link} to={`/people/${id}/edit`} variant="outlined">
              {t('common.edit')}
            </Button>
          )}
        </>
      }
    >
      <Panel>
        <Facts
          items={[
            { name: t('people.username'), value: person.username },
            { name: t('people.org'), value: <Link to={`/orgs/${person.org.id}`}>{person.org.name}</Link> },
            { name: t('people.jobTitle'), value: person.title },
            { name: t('people.email'), value: person.email },
            { name: t('people.roles'), value: person.roles.length ? <Roles person={person} /> : undefined },
            ...(person.clearance === undefined
              ? []
              : [{ name: t('people.clearance'), value: t(levelName(person.clearance)) }]),
          ]}
        />
      </Panel>
    </Page>
  );
}
