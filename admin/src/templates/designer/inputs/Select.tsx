import TextField from '@mui/material/TextField';
import type { Path } from '../../../../../workflows/template/edit/path.ts';
import { useT } from '../../../i18n/useT.ts';
import { idOf, useFindingsAt } from '../context.ts';
import { useUnder } from './Flaws.tsx';

interface Props {
  path: Path;
  label: string;
  help: string;
  value: string;
  options: readonly { value: string; name: string }[];
  optional: boolean;
  onChange: (value: string | undefined) => void;
}

/** One of several, from the platform's own list. A value that is none of them is shown as it is. */
export function Select({ path, label, help, value, options, optional, onChange }: Props) {
  const t = useT();
  const strange = value !== '' && !options.some((option) => option.value === value);
  return (
    <TextField
      id={idOf(path)}
      select
      fullWidth
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      slotProps={{
        select: { native: true },
        inputLabel: { shrink: true },
        htmlInput: { 'data-path': idOf(path) },
      }}
      {...useUnder(useFindingsAt(path), help)}
    >
      {(optional || value === '') && (
        <option value="" disabled={!optional}>
          {t(optional ? 'designer.none' : 'designer.choose')}
        </option>
      )}
      {strange && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </TextField>
  );
}
