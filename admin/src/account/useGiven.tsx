import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { type ReactNode, useState } from 'react';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import { useT, useText } from '../i18n/useT.ts';
import { GivenDialog } from './GivenDialog.tsx';
import type { GivenLink } from './types.ts';

/** Has a one-time link made: says where the mail goes, or shows the link to be handed over. */
export function useGiven(path: string, after: () => void = () => {}) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [given, setGiven] = useState<GivenLink>();
  const { mutate, isPending } = useMutation({
    mutationFn: () => call<GivenLink>(path, { method: 'POST' }),
    onSuccess: (answer) => {
      if (answer.path) setGiven(answer);
      else notify(t('account.given.sent', { to: answer.sentTo }), { type: 'success' });
      after();
    },
    onError: (failure) => notify(text(problemOf(failure).title), { type: 'error' }),
  });
  const dialog: ReactNode = given && <GivenDialog given={given} onClose={() => setGiven(undefined)} />;
  return { give: () => mutate(), busy: isPending, dialog };
}
