import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { useT } from '../i18n/useT.ts';
import { Initial } from '../layout/UserMenu.tsx';
import { reloadMe, useMe } from '../session/session.ts';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { FactorPanel } from './FactorPanel.tsx';
import { NewPassword } from './NewPassword.tsx';
import { SessionsPanel } from './SessionsPanel.tsx';

/** The own account: password, second factor, where one is signed in. */
export default function AccountPage() {
  const t = useT();
  const me = useMe();
  if (!me) return null;
  return (
    <Page
      title={t('account.title')}
      under={`${me.person.name} · ${me.person.username} · ${me.person.org.name}`}
      lead={<Initial name={me.person.name} size={44} />}
      width={860}
    >
      <Stack spacing={2.5}>
        {me.duty === 'password.expired' && <Alert severity="warning">{t('account.duty.password')}</Alert>}
        {me.duty === 'secondFactor.required' && <Alert severity="warning">{t('account.duty.secondFactor')}</Alert>}
        <PasswordPanel />
        <FactorPanel />
        {!me.duty && <SessionsPanel />}
      </Stack>
    </Page>
  );
}

function PasswordPanel() {
  const t = useT();
  const notify = useNotify();
  const [done, setDone] = useState(0);
  const change = useMutation({
    mutationFn: (body: { current: string; password: string }) => call('/session/password', { method: 'PUT', body }),
    onSuccess: async () => {
      notify(t('account.password.changed'), { type: 'success' });
      setDone(done + 1);
      await reloadMe();
    },
  });
  return (
    <Panel title={t('account.password.title')}>
      <NewPassword
        key={done}
        withCurrent
        label={t('account.password.change')}
        busy={change.isPending}
        error={change.error}
        onSubmit={(password, current) => change.mutate({ password, current })}
      />
    </Panel>
  );
}
