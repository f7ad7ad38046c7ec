import InputBase from '@mui/material/InputBase';
import NativeSelect from '@mui/material/NativeSelect';
import type { ClipboardEvent } from 'react';
import type { Json } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { tidyValue } from './check.ts';
import { PersonInput } from './PersonInput.tsx';
import type { Column } from './types.ts';

interface Props {
  column: Column;
  id: string;
  label: string;
  value: Json | undefined;
  bad: boolean;
  /** It may be read, not changed. */
  fixed: boolean;
  onChange: (value: Json) => void;
  onPaste: (event: ClipboardEvent) => void;
}

/** One cell of a sheet: no frame of its own, the grid is its frame. */
export function CellInput({ column, id, label, value, bad, fixed, onChange, onPaste }: Props) {
  const t = useT();
  const text = useText();
  const shown = typeof value === 'string' ? value : '';
  if (column.type === 'person') return <PersonInput id={id} value={shown} onChange={onChange} error={bad} />;
  if (column.type === 'choice') {
    return (
      <NativeSelect
        fullWidth
        disableUnderline
        variant="standard"
        value={shown}
        disabled={fixed}
        onChange={(event) => onChange(event.target.value)}
        inputProps={{ id, 'aria-label': label, 'aria-invalid': bad }}
        sx={{
          fontSize: '0.875rem',
          px: 1.25,
          '& select': { py: 0.875 },
          '& option': { backgroundColor: 'background.paper' },
        }}
      >
        <option value="">{t('form.choice.none')}</option>
        {column.options.map((option) => (
          <option key={option.value} value={option.value}>
            {text(option.name)}
          </option>
        ))}
      </NativeSelect>
    );
  }
  const tidy = (typed: string) => String(tidyValue(column, typed));
  return (
    <InputBase
      id={id}
      fullWidth
      value={shown}
      multiline={column.type === 'text'}
      placeholder={column.type === 'date' ? t('form.date.placeholder') : ''}
      onChange={(event) => onChange(event.target.value)}
      onBlur={(event) => tidy(event.target.value) !== shown && onChange(tidy(event.target.value))}
      onPaste={onPaste}
      inputProps={{
        'aria-label': label,
        'aria-invalid': bad,
        readOnly: fixed,
        inputMode: column.type === 'decimal' ? 'decimal' : column.type === 'date' ? 'numeric' : 'text',
        autoComplete: 'off',
        style: column.type === 'decimal' ? { textAlign: 'right' } : {},
      }}
      sx={{ fontSize: '0.875rem', px: 1.25, py: 0.875 }}
    />
  );
}
