import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Incident } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';

/** Tries an incident's step again, or says that it was settled by hand. */
export function IncidentActions({ incident }: { incident: Incident }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['incidents'] });

  const retry = useMutation({
    mutationFn: () => call<Incident>(`/incidents/${incident.id}/retry`, { method: 'POST' }),
    onSuccess: ({ state }) =>
      notify(t(state === 'resolved' ? 'incidents.retried' : 'incidents.failedAgain'), {
        type: state === 'resolved' ? 'success' : 'warning',
      }),
    onError: (error) => notify(text(problemOf(error).title), { type: 'error' }),
    onSettled: refresh,
  });
  const resolve = useMutation({
    mutationFn: (reason: string) =>
      call<Incident>(`/incidents/${incident.id}/resolve`, { method: 'POST', body: { reason } }),
    onSuccess: () => {
      setAsking(false);
      notify(t('incidents.resolved'), { type: 'success' });
    },
    onSettled: refresh,
  });

  return (
    <>
      {incident.can.includes('resolve') && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t('incidents.resolve')}
        </Button>
      )}
      {incident.can.includes('retry') && (
        <Button size="small" variant="outlined" disabled={retry.isPending} onClick={() => retry.mutate()}>
          {t('incidents.retry')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t('incidents.resolve')}
          help={t('incidents.resolveHelp')}
          label={t('incidents.reason')}
          busy={resolve.isPending}
          error={resolve.error}
          onClose={() => setAsking(false)}
          onConfirm={(reason) => resolve.mutate(reason)}
        />
      )}
    </>
  );
}
