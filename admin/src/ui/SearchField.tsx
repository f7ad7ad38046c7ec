import Clear from '@mui/icons-material/CloseOutlined';
import Search from '@mui/icons-material/SearchOutlined';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/useT.ts';

const PAUSE = 300;

/** A search box that asks after a pause, never in the middle of an input method's composition. `/` jumps here. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useT();
  const [text, setText] = useState(value);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);

  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const send = (next: string) => {
    clearTimeout(timer.current);
    sent.current = next.trim();
    onChange(next.trim());
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    if (!composing.current) timer.current = setTimeout(() => send(next), PAUSE);
  };

  return (
    <TextField
      placeholder={label}
      value={text}
      onChange={(event) => type(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && !composing.current && send(text)}
      sx={{ flex: '1 1 220px', maxWidth: { sm: 340 } }}
      slotProps={{
        htmlInput: {
          type: 'search',
          'aria-label': label,
          'data-search': true,
          enterKeyHint: 'search',
          onCompositionStart: () => {
            composing.current = true;
          },
          onCompositionEnd: (event: React.CompositionEvent<HTMLInputElement>) => {
            composing.current = false;
            type(event.currentTarget.value);
          },
          style: { WebkitAppearance: 'none' },
        },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Search fontSize="small" />
            </InputAdornment>
          ),
          endAdornment: text ? (
            <IconButton
              size="small"
              edge="end"
              aria-label={t('common.clear')}
              onClick={() => {
                setText('');
                send('');
              }}
            >
              <Clear fontSize="small" />
            </IconButton>
          ) : undefined,
        },
      }}
    />
  );
}

/** Puts the cursor into the page's search box. */
export function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-search]')?.focus();
}
