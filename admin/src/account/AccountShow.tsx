import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { call } from '../api/http.ts';
import { useGet } from '../api/queries.ts';
import { queryClient } from '../api/queryClient.ts';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { Initial } from '../layout/UserMenu.tsx';
import { Waiting } from '../layout/Waiting.tsx';
import { useMe } from '../session/session.ts';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { SessionTable } from './SessionTable.tsx';
import type { Account, OpenSession } from './types.ts';
import { useGiven } from './useGiven.tsx';

/** One account, as the security administrator sees it, and what can be done about it. */
export default function AccountShow() {
  const { id = '' } = useParams();
  const t = useT();
  const format = useFormat();
  const known = useKnown();
  const notify = useNotify();
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const { data, error, isPending, refetch } = useGet<Account & { open: OpenSession[] }>(
    ['accounts', 'one', id],
    `/accounts/${id}`,
    { staleTime: 0 },
  );
  const renew = () => queryClient.invalidateQueries({ queryKey: ['accounts'] });
  const link = useGiven(`/accounts/${id}/password-link`, () => void renew());
  const change = useMutation({
    mutationFn: ({ path, method }: { path: string; method: 'POST' | 'DELETE' }) =>
      call(`/accounts/${id}${path}`, { method }),
    onSuccess: () => notify(t('account.accounts.done'), { type: 'success' }),
    onSettled: () => {
      setAsking(false);
      return renew();
    },
  });
  if (isPending) return <Waiting />;
  if (!data)
    return (
      <Page title={t('common.error.requestFailed')} back="/accounts">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  const busy = change.isPending || link.busy;
  const own = me?.person.id === id;
  return (
    <Page
      title={data.name}
      over={data.org.name}
      back="/accounts"
      width={920}
      lead={<Initial name={data.name} size={44} />}
      under={
        <>
          {data.lockedUntil && (
            <Tag tone="late">{t('account.accounts.lockedUntil', { when: format.dayTime(data.lockedUntil) })}</Tag>
          )}{' '}
          {!data.active && <Tag>{t('common.inactive')}</Tag>}
        </>
      }
      actions={
        <>
          {data.lockedUntil && (
            <Button
              variant="contained"
              disabled={busy}
              onClick={() => change.mutate({ path: '/unlock', method: 'POST' })}
            >
              {t('account.accounts.unlock')}
            </Button>
          )}
          {!own && data.active && (
            <Button variant="outlined" disabled={busy} onClick={link.give}>
              {t('account.accounts.resetLink')}
            </Button>
          )}
          {!own && data.secondFactorSince && (
            <Button variant="outlined" color="error" disabled={busy} onClick={() => setAsking(true)}>
              {t('account.accounts.resetFactor')}
            </Button>
          )}
        </>
      }
    >
      <Stack spacing={2.5}>
        {change.error ? <ProblemAlert error={change.error} /> : null}
        <Panel>
          <Facts
            items={[
              { name: t('people.username'), value: data.username },
              {
                name: t('people.roles'),
                value: format.list(data.roles.map(({ role }) => known('people.roleNames', role))),
              },
              {
                name: t('account.accounts.signedIn'),
                value: data.signedInAt ? format.dayTime(data.signedInAt) : t('account.accounts.never'),
              },
              { name: t('account.accounts.passwordFrom'), value: passwordOf(data) },
              {
                name: t('account.accounts.factor'),
                value: data.secondFactorSince
                  ? t('account.accounts.factorSince', { when: format.dayTime(data.secondFactorSince) })
                  : t('account.accounts.noFactor'),
              },
            ]}
          />
        </Panel>
        <Panel
          title={t('account.sessions.title')}
          flush
          action={
            data.open.length > 0 && (
              <Button
                size="small"
                color="error"
                disabled={busy}
                onClick={() => change.mutate({ path: '/sessions', method: 'DELETE' })}
              >
                {t(own ? 'account.sessions.endOthers' : 'account.accounts.endAll')}
              </Button>
            )
          }
        >
          <SessionTable
            sessions={data.open}
            busy={busy}
            onEnd={(one) => change.mutate({ path: `/sessions/${one.id}`, method: 'DELETE' })}
          />
        </Panel>
      </Stack>
      {asking && (
        <ConfirmDialog
          title={t('account.accounts.resetFactor')}
          help={t('account.accounts.resetFactorHelp', { name: data.name })}
          busy={busy}
          onClose={() => setAsking(false)}
          onConfirm={() => change.mutate({ path: '/second-factor', method: 'DELETE' })}
        />
      )}
      {link.dialog}
    </Page>
  );

  function passwordOf({ hasPassword, passwordChangedAt, invitedUntil }: Account): string {
    if (hasPassword && passwordChangedAt) return format.dayTime(passwordChangedAt);
    if (invitedUntil) return t('account.accounts.invited', { when: format.dayTime(invitedUntil) });
    return t('account.accounts.noPassword');
  }
}
