import Box from '@mui/material/Box';
import { type Ref, useImperativeHandle, useRef } from 'react';
import { MONO } from '../theme/theme.ts';

export interface JsonEditorHandle {
  goTo: (offset: number) => void;
}

interface Props {
  text: string;
  label: string;
  readOnly?: boolean;
  onChange?: (text: string) => void;
  ref?: Ref<JsonEditorHandle>;
}

const LINE = 20;

/** A plain editor for JSON: line numbers, two spaces on Tab (Escape then Tab leaves), and a jump to an offset. */
export function JsonEditor({ text, label, readOnly = false, onChange, ref }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const leaving = useRef(false);
  useImperativeHandle(ref, () => ({
    goTo: (offset) => {
      const field = area.current;
      if (!field) return;
      const line = text.slice(0, offset).split('\n').length;
      const end = text.indexOf('\n', offset);
      field.focus();
      field.setSelectionRange(offset, end === -1 ? text.length : end);
      field.scrollTop = Math.max(0, (line - 6) * LINE);
    },
  }));
  const lines = text.split('\n').length;

  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') leaving.current = true;
    if (event.key !== 'Tab' || event.shiftKey || leaving.current || readOnly) {
      if (event.key === 'Tab') leaving.current = false;
      return;
    }
    event.preventDefault();
    document.execCommand('insertText', false, '  ');
  };

  return (
    <Box
      sx={(theme) => ({
        display: 'flex',
        height: 'min(72vh, 760px)',
        border: `1px solid ${theme.tones.line}`,
        borderRadius: 1,
        overflow: 'hidden',
        backgroundColor: 'background.paper',
      })}
    >
      <Box
        component="pre"
        ref={gutter}
        aria-hidden
        sx={(theme) => ({
          ...font,
          m: 0,
          py: 1.5,
          px: 1,
          minWidth: 48,
          textAlign: 'right',
          overflow: 'hidden',
          color: 'text.secondary',
          backgroundColor: theme.tones.faint,
        })}
      >
        {Array.from({ length: lines }, (_, line) => line + 1).join('\n')}
      </Box>
      <Box
        component="textarea"
        ref={area}
        aria-label={label}
        spellCheck={false}
        wrap="off"
        readOnly={readOnly}
        value={text}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange?.(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          leaving.current = false;
        }}
        onScroll={(event: React.UIEvent<HTMLTextAreaElement>) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        sx={{
          ...font,
          flex: 1,
          minWidth: 0,
          p: 1.5,
          border: 0,
          outline: 'none',
          resize: 'none',
          color: 'text.primary',
          backgroundColor: 'transparent',
          tabSize: 2,
          '&:focus-visible': { outline: 'none' },
        }}
      />
    </Box>
  );
}

const font = { fontFamily: MONO, fontSize: '13px', lineHeight: `${LINE}px` } as const;
