import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http.ts';
import type { BallotSheet, BallotSheetRow } from './types.ts';

export const sheetKey = (id: string) => ['ballots', 'sheet', id] as const;

export const useMySheets = () =>
  useQuery({
    queryKey: ['ballots', 'mine'],
    queryFn: ({ signal }) => call<{ items: BallotSheetRow[] }>('/me/ballots', { signal }),
  });

export const useSheet = (id: string) =>
  useQuery({
    queryKey: sheetKey(id),
    queryFn: ({ signal }) => call<BallotSheet>(`/ballot-sheets/${id}`, { signal }),
    // What is typed here must not be overwritten by what was saved before.
    refetchOnWindowFocus: false,
  });
