import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { Account } from './types.ts';

const STATES = ['locked', 'signedIn', 'noSecondFactor', 'noPassword', 'closed'] as const;

/** All accounts, by how safe they are. */
export default function AccountList() {
  const t = useT();
  const format = useFormat();
  const known = useKnown();
  return (
    <ListPage<Account>
      resource="accounts"
      title={t('account.accounts.title')}
      under={t('account.accounts.under')}
      sort={{ field: 'username', order: 'ASC' }}
      search={t('account.accounts.search')}
      choices={[
        {
          key: 'state',
          label: t('account.accounts.state'),
          options: STATES.map((value) => ({ value, name: t(`account.accounts.states.${value}`) })),
        },
      ]}
      linkTo={(one) => `/accounts/${one.id}`}
      columns={[
        {
          key: 'name',
          label: t('people.name'),
          sort: true,
          render: (one) => (
            <>
              {one.name} {one.lockedUntil && <Tag tone="late">{t('account.accounts.states.locked')}</Tag>}{' '}
              {!one.active && <Tag>{t('common.inactive')}</Tag>}
            </>
          ),
        },
        { key: 'username', label: t('people.username'), sort: true, render: (one) => one.username },
        {
          key: 'roles',
          label: t('people.roles'),
          wide: true,
          render: (one) => format.list([...new Set(one.roles.map(({ role }) => known('people.roleNames', role)))]),
        },
        {
          key: 'signedIn',
          label: t('account.accounts.signedIn'),
          render: (one) => (one.signedInAt ? format.ago(one.signedInAt) : t('account.accounts.never')),
        },
        {
          key: 'factor',
          label: t('account.accounts.factor'),
          render: (one) =>
            one.secondFactorSince
              ? t('account.accounts.factorSince', { when: format.day(one.secondFactorSince) })
              : t('account.accounts.noFactor'),
        },
        {
          key: 'sessions',
          label: t('account.accounts.sessions'),
          number: true,
          wide: true,
          render: (one) => one.sessions,
        },
      ]}
      empty={{ title: t('account.accounts.empty') }}
    />
  );
}
