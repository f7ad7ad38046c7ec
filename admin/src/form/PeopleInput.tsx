import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { call } from '../api/http.ts';
import type { List, Person } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';

interface Props {
  id: string;
  label: string;
  value: Person[];
  onChange: (people: Person[]) => void;
}

/** Finds several people by name. */
export function PeopleInput({ id, label, value, onChange }: Props) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['people', 'search', q],
    queryFn: ({ signal }) => call<List<Person>>('/people', { query: { q, limit: 20 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <Autocomplete<Person, true>
      id={id}
      multiple
      size="small"
      options={data?.items ?? []}
      value={value}
      loading={isFetching}
      filterOptions={(options) => options}
      filterSelectedOptions
      getOptionLabel={(person) => person.name}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      onInputChange={(_, text) => setTyped(text)}
      onChange={(_, people) => onChange(people)}
      noOptionsText={t('form.person.none')}
      loadingText={t('form.person.loading')}
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
        <TextField {...params} label={label} placeholder={value.length === 0 ? t('form.person.search') : ''} />
      )}
    />
  );
}
