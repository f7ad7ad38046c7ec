import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useGiven } from '../account/useGiven.tsx';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import { useT, useText } from '../i18n/useT.ts';

/** Invites one person to choose a password, by mail or by a link to hand over. */
export function InviteButton({ id }: { id: string }) {
  const t = useT();
  const { give, busy, dialog } = useGiven(`/people/${id}/invitation`);
  return (
    <>
      <Button variant="outlined" disabled={busy} onClick={give}>
        {t('account.invite.one')}
      </Button>
      {dialog}
    </>
  );
}

/** Invites everybody who cannot sign in yet, as after an import. */
export function InviteAllButton() {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const invite = useMutation({
    mutationFn: () => call<{ invited: number; unreachable: number }>('/people/invitations', { method: 'POST' }),
    onSuccess: ({ invited, unreachable }) => {
      const more = unreachable > 0 ? ` · ${t('account.invite.unreachable', { smart_count: unreachable })}` : '';
      notify(t('account.invite.done', { invited }) + more, { type: 'success' });
    },
    onError: (error) => notify(text(problemOf(error).title), { type: 'error' }),
  });
  return (
    <Button disabled={invite.isPending} onClick={() => invite.mutate()}>
      {t('account.invite.all')}
    </Button>
  );
}
