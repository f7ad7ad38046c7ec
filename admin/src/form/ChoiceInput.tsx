import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { Field } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { InputProps } from './types.ts';

export function ChoiceInput({ field, id, value, error, onChange }: InputProps<Extract<Field, { type: 'choice' }>>) {
  const t = useT();
  const text = useText();
  return (
    <TextField
      id={id}
      select
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
      error={error !== undefined}
      sx={{ minWidth: 220, maxWidth: '100%' }}
      slotProps={{
        select: {
          displayEmpty: true,
          SelectDisplayProps: { 'aria-labelledby': `${id}-label ${id}`, 'aria-describedby': `${id}-help` },
          renderValue: (chosen) => {
            const option = field.options.find((one) => one.value === chosen);
            return option ? text(option.name) : <span style={{ opacity: 0.6 }}>{t('form.choice.none')}</span>;
          },
        },
      }}
    >
      {!field.required && <MenuItem value="">{t('form.choice.none')}</MenuItem>}
      {field.options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {text(option.name)}
        </MenuItem>
      ))}
    </TextField>
  );
}
