import TextField from '@mui/material/TextField';

interface Props {
  label: string;
  value: string;
  error?: string | undefined;
  required?: boolean;
  onChange: (day: string) => void;
}

/** A calendar day, by the browser's own picker. */
export function DayField({ label, value, error, required = false, onChange }: Props) {
  return (
    <TextField
      type="date"
      label={label}
      required={required}
      value={value}
      error={error !== undefined}
      helperText={error}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
