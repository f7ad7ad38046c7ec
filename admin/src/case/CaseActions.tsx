import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';

const VERBS = ['suspend', 'resume', 'cancel'] as const;
type Verb = (typeof VERBS)[number];
const DONE = { suspend: 'cases.suspended', resume: 'cases.resumed', cancel: 'cases.cancelled' } as const;

/** Stops, restarts or ends a case or a cycle, where this person may; always with a reason. */
export function CaseActions({ path, can, refresh }: { path: string; can: string[]; refresh: readonly unknown[] }) {
  const t = useT();
  const notify = useNotify();
  const [asking, setAsking] = useState<Verb>();
  const act = useMutation({
    mutationFn: ({ verb, reason }: { verb: Verb; reason: string }) =>
      call(`${path}/${verb}`, { method: 'POST', body: { reason } }),
    onSuccess: (_, { verb }) => {
      setAsking(undefined);
      notify(t(DONE[verb]), { type: 'success' });
      void queryClient.invalidateQueries({ queryKey: refresh });
    },
  });
  return (
    <>
      {VERBS.filter((verb) => can.includes(verb)).map((verb) => (
        <Button
          key={verb}
          size="small"
          variant="outlined"
          color={verb === 'cancel' ? 'error' : 'primary'}
          onClick={() => {
            act.reset();
            setAsking(verb);
          }}
        >
          {t(`cases.${verb}`)}
        </Button>
      ))}
      {asking && (
        <ReasonDialog
          title={t(`cases.${asking}`)}
          help={t(`cases.${asking}Help`)}
          label={t('cases.reason')}
          danger={asking === 'cancel'}
          busy={act.isPending}
          error={act.error}
          onClose={() => setAsking(undefined)}
          onConfirm={(reason) => act.mutate({ verb: asking, reason })}
        />
      )}
    </>
  );
}
