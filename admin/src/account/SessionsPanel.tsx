import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api/http.ts';
import { useGet } from '../api/queries.ts';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { SessionTable } from './SessionTable.tsx';
import type { OpenSession } from './types.ts';

const KEY = ['sessions'];

/** Where one is signed in oneself. */
export function SessionsPanel() {
  const t = useT();
  const { data } = useGet<{ items: OpenSession[] }>(KEY, '/sessions', { staleTime: 0 });
  const end = useMutation({
    mutationFn: (path: string) => call(path, { method: 'DELETE' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
  const sessions = data?.items ?? [];
  const alone = sessions.length < 2;
  return (
    <Panel
      title={t('account.sessions.title')}
      flush
      note={alone ? t('account.sessions.none') : undefined}
      action={
        !alone && (
          <Button size="small" color="error" disabled={end.isPending} onClick={() => end.mutate('/sessions')}>
            {t('account.sessions.endOthers')}
          </Button>
        )
      }
    >
      {end.error ? <ProblemAlert error={end.error} /> : null}
      <SessionTable sessions={sessions} busy={end.isPending} onEnd={({ id }) => end.mutate(`/sessions/${id}`)} />
    </Panel>
  );
}
