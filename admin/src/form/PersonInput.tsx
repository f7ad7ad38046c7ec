import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { usePerson } from '../api/queries.ts';
import type { Person } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { renderPerson, usePeopleSearch } from './people.tsx';

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
  const { options, loading, setTyped } = usePeopleSearch();
  const { data: chosen } = usePerson(value || undefined);
  return (
    <Autocomplete<Person>
      id={id}
      options={options}
      value={value && chosen ? chosen : null}
      loading={loading}
      filterOptions={(options) => options}
      getOptionDisabled={(person) => except.includes(person.id)}
      getOptionLabel={(person) => person.name}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      onInputChange={(_, text, reason) => reason === 'input' && setTyped(text)}
      onChange={(_, person) => onChange(person?.id ?? '')}
      noOptionsText={t('form.person.none')}
      loadingText={t('form.person.loading')}
      sx={{ width: 360, maxWidth: '100%' }}
      renderOption={renderPerson}
      renderInput={(params) => (
        <TextField {...params} label={label} error={error} placeholder={t('form.person.search')} />
      )}
    />
  );
}
