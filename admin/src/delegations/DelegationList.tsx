import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { Suspense, useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Delegation } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { page } from '../page.ts';
import { useCan } from '../session/session.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { Tag } from '../ui/Tag.tsx';
import { AddDelegation } from './AddDelegation.tsx';

const HandoverDialog = page(() => import('../handover/HandoverDialog.tsx'), 'handover');

const STATES = ['open', 'planned', 'ended'] as const;
const TONES = { open: 'done', planned: 'soon', ended: undefined } as const;

/** Who stands in for whom: one's own, and for the office everyone's. */
export default function DelegationList() {
  const t = useT();
  const can = useCan();
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const office = can('delegations.write');
  const scope = {
    key: 'of',
    label: t('delegations.of'),
    options: [{ value: 'all', name: t('delegations.everyone') }],
  };
  return (
    <>
      <ListPage<Delegation>
        resource="delegations"
        title={t('delegations.title')}
        under={t('delegations.under')}
        sort={{ field: 'until', order: 'DESC' }}
        search={t('delegations.search')}
        actions={
          <>
            {can('cases.control') && (
              <Button variant="outlined" onClick={() => setLeaving(true)}>
                {t('delegations.handOver')}
              </Button>
            )}
            <Button variant="contained" onClick={() => setAdding(true)}>
              {t('delegations.add')}
            </Button>
          </>
        }
        choices={[
          ...(office ? [scope] : []),
          {
            key: 'state',
            label: t('delegations.state'),
            options: STATES.map((value) => ({ value, name: t(`delegations.states.${value}`) })),
          },
        ]}
        columns={[
          { key: 'person', label: t('delegations.person'), render: ({ person }) => person.name },
          { key: 'to', label: t('delegations.to'), render: ({ to }) => to.name },
          { key: 'from', label: t('delegations.from'), sort: true, render: ({ from }) => format.dayTime(from) },
          { key: 'until', label: t('delegations.until'), sort: true, render: ({ until }) => format.dayTime(until) },
          {
            key: 'scope',
            label: t('delegations.scope'),
            wide: true,
            render: ({ scope: names }) => names?.join(', ') ?? t('delegations.everything'),
          },
          { key: 'reason', label: t('delegations.reason'), wide: true, render: ({ reason }) => reason },
          {
            key: 'state',
            label: t('delegations.state'),
            render: ({ state }) => {
              const tone = TONES[state];
              return <Tag {...(tone && { tone })}>{t(`delegations.states.${state}`)}</Tag>;
            },
          },
          { key: 'actions', label: '', number: true, render: (one) => <Revoke delegation={one} /> },
        ]}
        empty={{ title: t('delegations.empty'), help: t('delegations.emptyHelp') }}
      />
      <Suspense>{leaving && <HandoverDialog onClose={() => setLeaving(false)} />}</Suspense>
      {adding && <AddDelegation office={office} onClose={() => setAdding(false)} />}
    </>
  );
}

function Revoke({ delegation }: { delegation: Delegation }) {
  const t = useT();
  const notify = useNotify();
  const revoke = useMutation({
    mutationFn: () => call(`/delegations/${delegation.id}/revoke`, { method: 'POST' }),
    onSuccess: () => notify(t('delegations.revoked'), { type: 'success' }),
    onError: (error) => notify(error.message, { type: 'error' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['delegations'] }),
  });
  if (!delegation.can.includes('revoke')) return null;
  return (
    <Button size="small" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
      {t('delegations.revoke')}
    </Button>
  );
}
