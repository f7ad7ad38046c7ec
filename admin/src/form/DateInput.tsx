import CalendarIcon from '@mui/icons-material/CalendarTodayOutlined';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import { useRef, useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { MonthGrid } from './MonthGrid.tsx';
import { readDay } from './plainDate.ts';

interface Props {
  id: string;
  value: string;
  error?: boolean;
  required?: boolean;
  label?: string;
  onChange: (day: string) => void;
}

/** A day, typed as people type it or picked. (The browser's own date input speaks the browser's language, not the user's.) */
export function DateInput({ id, value, error = false, required = false, label, onChange }: Props) {
  const t = useT();
  const field = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <TextField
        id={id}
        ref={field}
        label={label}
        value={value}
        placeholder={t('form.date.placeholder')}
        onChange={(event) => onChange(event.target.value)}
        onBlur={(event) => onChange(readDay(event.target.value) ?? event.target.value.trim())}
        error={error}
        sx={{ width: 220, maxWidth: '100%' }}
        slotProps={{
          htmlInput: {
            inputMode: 'numeric',
            autoComplete: 'off',
            'aria-describedby': `${id}-help`,
            'aria-required': required,
          },
          input: {
            endAdornment: (
              <InputAdornment position="end">
                <IconButton size="small" edge="end" aria-label={t('form.date.open')} onClick={() => setOpen(true)}>
                  <CalendarIcon sx={{ fontSize: 18 }} />
                </IconButton>
              </InputAdornment>
            ),
          },
        }}
      />
      <Popover
        open={open}
        anchorEl={field.current}
        onClose={() => setOpen(false)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      >
        <MonthGrid
          value={readDay(value)}
          onPick={(day) => {
            onChange(day);
            setOpen(false);
          }}
        />
      </Popover>
    </>
  );
}
