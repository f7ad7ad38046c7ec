import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { call } from '../api/http.ts';
import { usePerson } from '../api/queries.ts';
import type { List, Person } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';

interface Props {
  id: string;
  value: string | undefined;
  error?: boolean;
  label?: string;
  /** People who cannot be chosen. */
  except?: readonly string[];
  onChange: (id: string) => void;
}

/** Finds a person by name; the value is the account's id. */
export function PersonInput({ id, value, error = false, label, except = [], onChange }: Props) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data: chosen } = usePerson(value || undefined);
  const { data, isFetching } = useQuery({
    queryKey: ['people', 'search', q],
    queryFn: ({ signal }) => call<List<Person>>('/people', { query: { q, limit: 20 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <Autocomplete<Person>
      id={id}
      options={data?.items ?? []}
      value={value && chosen ? chosen : null}
      loading={isFetching}
      filterOptions={(options) => options}
      getOptionDisabled={(person) => except.includes(person.id)}
      getOptionLabel={(person) => person.name}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      onInputChange={(_, text, reason) => reason === 'input' && setTyped(text)}
      onChange={(_, person) => onChange(person?.id ?? '')}
      noOptionsText={t('form.person.none')}
      loadingText={t('form.person.loading')}
      sx={{ width: 360, maxWidth: '100%' }}
      renderOption={({ key: _, ...props }, person) => (
        <Box component="li" key={person.id} {...props}>
          <Box sx={{ minWidth: 0 }}>
            <Typography variant="body2">{person.name}</Typography>
            <Typography variant="caption" color="text.secondary" component="div" noWrap>
              {[person.org.name, person.title].filter(Boolean).join(' · ')}
            </Typography>
          </Box>
        </Box>
      )}
      renderInput={(params) => (
        <TextField {...params} label={label} error={error} placeholder={t('form.person.search')} />
      )}
    />
  );
}
