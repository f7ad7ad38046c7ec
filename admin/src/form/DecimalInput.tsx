import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import type { Field } from '../api/types.ts';
import { cleanDecimal } from './decimal.ts';
import type { InputProps } from './types.ts';

/** A number kept as text from the key to the database, so that no digit is lost. */
export function DecimalInput({ field, id, value, error, onChange }: InputProps<Extract<Field, { type: 'decimal' }>>) {
  return (
    <TextField
      id={id}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
      onBlur={(event) => onChange(cleanDecimal(event.target.value))}
      error={error !== undefined}
      sx={{ width: 220, maxWidth: '100%' }}
      slotProps={{
        htmlInput: {
          inputMode: 'decimal',
          'aria-describedby': `${id}-help`,
          'aria-required': field.required ?? false,
          style: { textAlign: 'right' },
          autoComplete: 'off',
        },
        input: field.unit ? { endAdornment: <InputAdornment position="end">{field.unit}</InputAdornment> } : {},
      }}
    />
  );
}
