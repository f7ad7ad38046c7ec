import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { call } from '../api/http.ts';
import type { List, Ref } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';

/** A unit, with its case where it was looked for among those who take part. */
export interface Unit extends Ref {
  caseId?: string;
}

interface Props {
  label: string;
  value: Unit | null;
  /** Only those who take part in this cycle. */
  cycleId?: string;
  error?: string | undefined;
  required?: boolean;
  onChange: (unit: Unit | null) => void;
}

/** Finds a unit by name. */
export function UnitField({ label, value, cycleId, error, required = false, onChange }: Props) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['orgs', 'search', cycleId, q],
    queryFn: async ({ signal }): Promise<Unit[]> => {
      if (!cycleId) return (await call<List<Ref>>('/orgs', { query: { q, limit: 20 }, signal })).items;
      const path = `/cycles/${cycleId}/cases`;
      const { items } = await call<List<{ id: string; org?: Ref }>>(path, { query: { q, limit: 20 }, signal });
      return items.flatMap(({ id, org }) => (org ? { ...org, caseId: id } : []));
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <Autocomplete<Unit>
      options={data ?? []}
      value={value}
      loading={isFetching}
      filterOptions={(options) => options}
      getOptionLabel={({ name }) => name}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      onInputChange={(_, text, reason) => setTyped(reason === 'input' ? text : '')}
      onChange={(_, unit) => onChange(unit)}
      noOptionsText={t('form.person.none')}
      loadingText={t('form.person.loading')}
      renderOption={({ key: _, ...props }, unit) => (
        <li key={unit.id} {...props}>
          {unit.name}
        </li>
      )}
      renderInput={(params) => (
        <TextField {...params} label={label} required={required} error={error !== undefined} helperText={error} />
      )}
    />
  );
}
