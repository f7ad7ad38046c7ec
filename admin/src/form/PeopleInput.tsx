import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useT } from '../i18n/useT.ts';
import { type Named, renderPerson, usePeopleSearch } from './people.tsx';

interface Props {
  id: string;
  label: string;
  value: Named[];
  onChange: (people: Named[]) => void;
}

/** Finds several people by name. */
export function PeopleInput({ id, label, value, onChange }: Props) {
  const t = useT();
  const { options, loading, setTyped } = usePeopleSearch();
  return (
    <Autocomplete<Named, true>
      id={id}
      multiple
      size="small"
      options={options}
      value={value}
      loading={loading}
      filterOptions={(options) => options}
      filterSelectedOptions
      getOptionLabel={(person) => person.name}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      onInputChange={(_, text) => setTyped(text)}
      onChange={(_, people) => onChange(people)}
      noOptionsText={t('form.person.none')}
      loadingText={t('form.person.loading')}
      renderOption={renderPerson}
      renderInput={(params) => (
        <TextField {...params} label={label} placeholder={value.length === 0 ? t('form.person.search') : ''} />
      )}
    />
  );
}
