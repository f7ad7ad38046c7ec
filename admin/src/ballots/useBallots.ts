import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { Cast } from '../../../workflows/ballots/sheet.ts';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { isCast } from './sheet.ts';
import type { BallotSheet } from './types.ts';

const PAUSE = 900;

/** Saves a sheet while it is filled in, and hands it in. */
export function useBallots({ id }: Pick<BallotSheet, 'id'>) {
  const t = useT();
  const notify = useNotify();
  const navigate = useNavigate();
  const [saved, setSaved] = useState('');
  const waiting = useRef<Cast[]>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const key = useRef(makeKey());

  const flush = useRef(async (leaving = false) => {
    clearTimeout(timer.current);
    const ballots = waiting.current?.filter(isCast);
    if (!ballots) return;
    waiting.current = undefined;
    await call(`/ballot-sheets/${id}/draft`, { method: 'PUT', body: { ballots }, keepalive: leaving }).then(
      () => setSaved(t('ballots.saved')),
      () => setSaved(t('ballots.notSaved')),
    );
  });
  useEffect(() => {
    const leave = () => void flush.current(true);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  const submit = useMutation({
    mutationFn: async ({ ballots, opinion }: { ballots: readonly Cast[]; opinion: string }) => {
      clearTimeout(timer.current);
      waiting.current = undefined;
      const body = { ballots: ballots.filter(isCast), ...(opinion.trim() && { opinions: [{ text: opinion.trim() }] }) };
      return call(`/ballot-sheets/${id}/submit`, { method: 'POST', body, key: key.current });
    },
    onSuccess: () => {
      notify(t('ballots.submitted'), { type: 'success' });
      void queryClient.invalidateQueries({ queryKey: ['ballots'] });
      navigate('/ballots');
    },
    // An answer means that this attempt is over; only silence is repeated under the same key.
    onError: (error) => {
      if ((error as { status?: number }).status !== 0) key.current = makeKey();
    },
  });

  return {
    saved,
    save: (ballots: Cast[]) => {
      waiting.current = ballots;
      setSaved('');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush.current(), PAUSE);
    },
    submit,
  };
}
