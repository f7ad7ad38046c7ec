import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { List, Text } from '../api/types.ts';
import { DateInput } from '../form/DateInput.tsx';
import { PersonInput } from '../form/PersonInput.tsx';
import { addDays, isDay } from '../form/plainDate.ts';
import { cityDay } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';

/** The instant at which a day of the city begins. */
const startOf = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString();

/** Lets somebody stand in: until the end of a day, at once or from a later day on. */
export function AddDelegation({ office, onClose }: { office: boolean; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const today = cityDay(new Date());
  const [person, setPerson] = useState('');
  const [to, setTo] = useState('');
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState('');
  const [scope, setScope] = useState<string[]>([]);
  const { data: templates } = useQuery({
    queryKey: ['templates', 'names'],
    queryFn: ({ signal }) => call<List<{ key: string; name: Text }>>('/templates', { query: { limit: 100 }, signal }),
  });
  const add = useMutation({
    mutationFn: (reason: string) =>
      call('/delegations', {
        method: 'POST',
        body: {
          ...(person && { person }),
          to,
          ...(from > today && { from: startOf(from) }),
          until: startOf(addDays(until, 1)),
          ...(scope.length > 0 && { scope }),
          reason,
        },
      }),
    onSuccess: () => {
      notify(t('delegations.added'), { type: 'success' });
      void queryClient.invalidateQueries({ queryKey: ['delegations'] });
      onClose();
    },
  });
  const chosen = to !== '' && from >= today && isDay(until) && until >= from;
  return (
    <ReasonDialog
      title={t('delegations.add')}
      help={t('delegations.addHelp')}
      label={t('delegations.reason')}
      chosen={chosen}
      busy={add.isPending}
      error={add.error}
      onClose={onClose}
      onConfirm={(reason) => add.mutate(reason)}
    >
      <Stack spacing={2} sx={{ my: 1 }}>
        {office && (
          <PersonInput id="person" label={t('delegations.forWhom')} value={person} onChange={setPerson} except={[to]} />
        )}
        <PersonInput id="to" label={t('delegations.to')} value={to} onChange={setTo} except={[person]} />
        <DateInput id="from" label={t('delegations.fromDay')} value={from} onChange={setFrom} />
        <DateInput id="until" label={t('delegations.untilDay')} value={until} onChange={setUntil} required />
        <TextField
          select
          label={t('delegations.scope')}
          helperText={t('delegations.scopeHelp')}
          value={scope}
          onChange={({ target }) => setScope([target.value].flat())}
          slotProps={{ select: { multiple: true } }}
        >
          {templates?.items.map(({ key, name }) => (
            <MenuItem key={key} value={key}>
              {text(name)}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
    </ReasonDialog>
  );
}
