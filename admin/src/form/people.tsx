import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type HTMLAttributes, useDeferredValue, useState } from 'react';
import { call } from '../api/http.ts';
import type { List, Person, Ref } from '../api/types.ts';

/** Somebody who was found by name, or of whom only that is known. */
export type Named = Ref & Partial<Person>;

/** Looks people up by name while one types. */
export function usePeopleSearch() {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['people', 'search', q],
    queryFn: ({ signal }) => call<List<Person>>('/people', { query: { q, limit: 20 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return { options: data?.items ?? [], loading: isFetching, setTyped };
}

/** One of the people found, with where they work. */
export const renderPerson = (
  { key: _, ...props }: HTMLAttributes<HTMLLIElement> & { key?: unknown },
  person: Named,
) => (
  <Box component="li" key={person.id} {...props}>
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="body2">{person.name}</Typography>
      <Typography variant="caption" color="text.secondary" component="div" noWrap>
        {[person.org?.name, person.title].filter(Boolean).join(' · ')}
      </Typography>
    </Box>
  </Box>
);
