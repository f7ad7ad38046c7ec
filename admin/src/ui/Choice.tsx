import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';

interface Props {
  id: string;
  label: string;
  options: { value: string; name: string }[];
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** More than a glance takes in are chosen from a list that folds away. */
const AT_A_GLANCE = 6;

/** One of several. */
export function Choice({ id, label, options, value, error, onChange }: Props) {
  if (options.length > AT_A_GLANCE) {
    return (
      <TextField
        id={id}
        select
        fullWidth
        label={label}
        value={value}
        error={error !== undefined}
        helperText={error}
        onChange={(event) => onChange(event.target.value)}
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      >
        <option value="" disabled />
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </TextField>
    );
  }
  return (
    <FormControl error={error !== undefined}>
      <FormLabel id={`${id}-label`} sx={{ typography: 'body2' }}>
        {label}
      </FormLabel>
      <RadioGroup aria-labelledby={`${id}-label`} value={value} onChange={(_, next) => onChange(next)}>
        {options.map((option) => (
          <FormControlLabel
            key={option.value}
            value={option.value}
            control={<Radio size="small" />}
            label={option.name}
            sx={{ minHeight: { xs: 44, sm: 36 } }}
          />
        ))}
      </RadioGroup>
      {error && (
        <FormLabel component="p" error sx={{ typography: 'caption', m: 0 }}>
          {error}
        </FormLabel>
      )}
    </FormControl>
  );
}
