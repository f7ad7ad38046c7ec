import TextField from '@mui/material/TextField';
import type { Field } from '../api/types.ts';
import type { InputProps } from './types.ts';

export function TextInput({
  field,
  id,
  value,
  error,
  onChange,
}: InputProps<Extract<Field, { type: 'text' | 'longText' }>>) {
  const text = typeof value === 'string' ? value : '';
  const long = field.type === 'longText';
  return (
    <TextField
      id={id}
      fullWidth
      value={text}
      onChange={(event) => onChange(event.target.value)}
      error={error !== undefined}
      {...(long ? { multiline: true, minRows: 4, maxRows: 18 } : {})}
      slotProps={{
        htmlInput: {
          'aria-describedby': `${id}-help`,
          'aria-invalid': error !== undefined,
          'aria-required': field.required ?? false,
        },
      }}
    />
  );
}
