import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RowTable } from '../ui/RowTable.tsx';
import { Tag } from '../ui/Tag.tsx';
import { NewToken } from './NewToken.tsx';
import type { Token, TokenPage } from './types.ts';

const TONES = { live: 'done', expired: 'soon', revoked: undefined } as const;

/** The tokens with which business systems push values and complaints. */
export default function TokenList() {
  const t = useT();
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const list = useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => call<TokenPage>('/push-tokens', { signal }),
  });
  const { data } = list;
  return (
    <Page
      title={t('tokens.title')}
      under={t('tokens.under')}
      actions={
        <Button variant="contained" onClick={() => setAdding(true)} disabled={!data}>
          {t('tokens.add')}
        </Button>
      }
    >
      {list.error ? (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      ) : !data ? (
        <Skeleton variant="rounded" height={320} aria-busy />
      ) : data.items.length === 0 ? (
        <Empty title={t('tokens.empty')} help={t('tokens.emptyHelp')} />
      ) : (
        <Paper variant="outlined" sx={{ overflow: 'hidden' }}>
          <RowTable<Token>
            rows={data.items}
            busy={list.isFetching}
            columns={[
              { key: 'name', label: t('tokens.name'), render: ({ name }) => name },
              { key: 'scope', label: t('tokens.scope'), render: ({ scope }) => t(`tokens.scopes.${scope}`) },
              {
                key: 'limits',
                label: t('tokens.limits'),
                wide: true,
                render: (one) => limitsOf(one) ?? t('tokens.all'),
              },
              {
                key: 'state',
                label: t('tokens.state'),
                render: ({ state }) => {
                  const tone = TONES[state];
                  return <Tag {...(tone && { tone })}>{t(`tokens.states.${state}`)}</Tag>;
                },
              },
              { key: 'expiresAt', label: t('tokens.until'), render: ({ expiresAt }) => format.dayTime(expiresAt) },
              {
                key: 'usedAt',
                label: t('tokens.used'),
                render: ({ usedAt }) => (usedAt ? format.dayTime(usedAt) : t('tokens.never')),
              },
              { key: 'madeBy', label: t('tokens.by'), wide: true, render: ({ madeBy }) => madeBy?.name ?? '' },
              { key: 'actions', label: '', number: true, render: (one) => <Revoke token={one} /> },
            ]}
          />
        </Paper>
      )}
      {adding && data && <NewToken mostDays={data.mostDays} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function limitsOf({ codes, orgs, channels }: Token): string | undefined {
  const names = [...orgs.map(({ name }) => name), ...codes, ...channels];
  return names.length > 0 ? names.join(', ') : undefined;
}

function Revoke({ token }: { token: Token }) {
  const t = useT();
  const notify = useNotify();
  const [sure, setSure] = useState(false);
  const revoke = useMutation({
    mutationFn: () => call(`/push-tokens/${token.id}`, { method: 'DELETE' }),
    onSuccess: () => notify(t('tokens.revoked'), { type: 'success' }),
    onError: (error) => notify(error.message, { type: 'error' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['tokens'] }),
  });
  if (token.state !== 'live') return null;
  return (
    <Button
      size="small"
      color={sure ? 'error' : 'primary'}
      variant={sure ? 'contained' : 'text'}
      disabled={revoke.isPending}
      onBlur={() => setSure(false)}
      onClick={() => (sure ? revoke.mutate() : setSure(true))}
    >
      {t(sure ? 'tokens.sure' : 'tokens.revoke')}
    </Button>
  );
}
