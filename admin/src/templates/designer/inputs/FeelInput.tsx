import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useMemo, useRef, useState } from 'react';
import { seesValues } from '../../../../../workflows/template/edit/expressions.ts';
import { candidatesOf } from '../../../../../workflows/template/edit/refs.ts';
import { useT, useText } from '../../../i18n/useT.ts';
import { MONO } from '../../../theme/theme.ts';
import { idOf, useDesigning, useFindingsAt } from '../context.ts';
import type { Labelled } from './SchemaInput.tsx';

type Check = typeof import('./feelCheck.ts').feelCheck;

/** An expression, read while it is typed: where it cannot be read, and what it names that is not there. */
export function FeelInput({ value, path, entry, optional, around, label, help }: Labelled) {
  const t = useT();
  const text = useText();
  const { content, put } = useDesigning();
  const findings = useFindingsAt(path);
  const field = useRef<HTMLTextAreaElement>(null);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [check, setCheck] = useState<{ run: Check }>();
  useEffect(() => {
    let here = true;
    void import('./feelCheck.ts').then(({ feelCheck }) => here && setCheck({ run: feelCheck }));
    return () => {
      here = false;
    };
  }, []);
  const typed = typeof value === 'string' ? value : '';
  const names = useMemo(
    () => (seesValues(entry, around) ? candidatesOf(content, 'value') : []),
    [content, entry, around],
  );
  const flaw =
    check && typed !== ''
      ? check.run(typed, seesValues(entry, around) ? names.map((one) => one.value) : undefined)
      : undefined;
  const first = findings[0];
  const said = flaw
    ? flaw.id === 'syntax'
      ? `${t('designer.feelAt', { at: flaw.at })} ${marked(typed, flaw.at)}`
      : flaw.id === 'name'
        ? t('designer.feelName', { name: flaw.what })
        : text(flaw.reason)
    : first && `${text(first.reason)} ${text(first.hint)}`;
  const insert = (name: string) => {
    const at = field.current?.selectionStart ?? typed.length;
    put(path, `${typed.slice(0, at)}${name}${typed.slice(at)}`);
    setAnchor(undefined);
  };
  return (
    <Box>
      <TextField
        id={idOf(path)}
        fullWidth
        multiline
        label={label}
        value={typed}
        inputRef={field}
        onChange={(event) => put(path, event.target.value === '' && optional ? undefined : event.target.value)}
        error={said !== undefined}
        helperText={said ?? (help || (check && typed ? t('designer.feelOk') : undefined))}
        slotProps={{
          htmlInput: { 'data-path': idOf(path), spellCheck: false, style: { fontFamily: MONO, fontSize: '0.875rem' } },
          formHelperText: { 'aria-live': 'polite', sx: { whiteSpace: 'pre-wrap' } },
        }}
      />
      {names.length > 0 && (
        <Button size="small" aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
          {t('designer.feelNames')}
        </Button>
      )}
      <Menu open={anchor !== undefined} anchorEl={anchor ?? null} onClose={() => setAnchor(undefined)}>
        {names.map((one) => (
          <MenuItem key={one.value} onClick={() => insert(one.value)}>
            <Box component="code" sx={{ fontFamily: MONO, mr: 1.5 }}>
              {one.value}
            </Box>
            {text(one.name)}
          </MenuItem>
        ))}
      </Menu>
    </Box>
  );
}

/** The characters around the place, with a mark before it. */
const marked = (typed: string, at: number): string =>
  `${typed.slice(Math.max(0, at - 13), at - 1)}▸${typed.slice(at - 1, at + 12)}`;
