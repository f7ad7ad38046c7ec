import TextField from '@mui/material/TextField';

interface Props {
  id: string;
  label: string;
  value: string;
  options: readonly { value: string; name: string }[];
  width?: number;
  onChange: (value: string) => void;
}

/** One of several, from the platform's own list. */
export function PlainSelect({ id, label, value, options, width = 260, onChange }: Props) {
  return (
    <TextField
      id={id}
      select
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      sx={{ width, maxWidth: '100%' }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </TextField>
  );
}
