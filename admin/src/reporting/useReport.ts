import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import { problemOf } from '../api/problem.ts';
import type { List, Text } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import type { Value } from '../indicators/types.ts';
import { UNIT } from '../unit/api.ts';
import { keepDraft, readDraft } from './draft.ts';
import { type Cell, type Entries, type Entry, flawsOf, pasted, placeOf, toSend } from './entries.ts';

/** What the server said about cells: `<id>.<cell>`. */
type Refusals = Readonly<Record<string, Text>>;

async function allValues(cycleId: string, period: string, signal: AbortSignal): Promise<Value[]> {
  const items: Value[] = [];
  for (let after: string | null = null; ; ) {
    const page: List<Value> = await call('/values', {
      query: { cycleId, period, mine: true, sort: 'position', limit: 100, after },
      signal,
    });
    items.push(...page.items);
    if (page.next === null) return items;
    after = page.next;
  }
}

/** A period's values, what is typed over them (kept on this computer until it is sent), and sending it. */
export function useReport(cycleId: string, period: string) {
  const t = useT();
  const notify = useNotify();
  const client = useQueryClient();
  const [entries, setEntries] = useState<Entries>(() => readDraft(cycleId, period));
  const [refusals, setRefusals] = useState<Refusals>({});
  const values = useQuery({
    queryKey: [UNIT, 'values', cycleId, period],
    queryFn: ({ signal }) => allValues(cycleId, period, signal),
  });
  const rows = values.data ?? [];
  const put = (next: Entries) => {
    setEntries(next);
    keepDraft(cycleId, period, next);
  };
  const sent = toSend(rows, entries);

  const sending = useMutation({
    mutationFn: () =>
      call<{ created: number; updated: number }>('/values', {
        method: 'POST',
        body: { cycleId, values: sent },
        key: makeKey(),
      }),
    onSuccess: async ({ created, updated }) => {
      put({});
      setRefusals({});
      notify(t('unit.sent', { created, updated }), { type: 'success' });
      await client.invalidateQueries({ queryKey: [UNIT] });
    },
    onError: (error) => {
      const found = problemOf(error).errors.flatMap(({ path, message }) => {
        const place = placeOf(path, sent);
        return place ? [[`${place.id}.${place.cell}`, message] as const] : [];
      });
      setRefusals(Object.fromEntries(found));
    },
  });

  return {
    values,
    rows,
    entries,
    refusals,
    sending,
    count: sent.length,
    drafted: Object.keys(entries).length > 0,
    flaws: rows.flatMap((row) => Object.keys(flawsOf(row, entries[row.id])).map((cell) => `${row.id}.${cell}`)),
    change: (id: string, cell: Cell | 'evidence', value: string | string[]) => {
      put({ ...entries, [id]: { ...entries[id], [cell]: value } as Entry });
      const { [`${id}.${cell}`]: _gone, ...rest } = refusals;
      setRefusals(rest);
    },
    paste: (row: number, cell: Cell, text: string) => {
      const next = pasted(rows, entries, { row, cell }, text);
      put(next.entries);
      setRefusals({});
      notify(t('unit.pasted', { smart_count: next.count }), { type: 'info' });
    },
    drop: () => {
      put({});
      setRefusals({});
      sending.reset();
    },
  };
}

export type Report = ReturnType<typeof useReport>;
