import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';

export type Tone = 'late' | 'soon' | 'done' | 'calm' | 'plain';

/** A small word with a colour that means something. */
export function Tag({ tone = 'plain', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <Box component="span" title={title} sx={(theme) => ({ ...shape, ...colours(theme, tone) })}>
      {children}
    </Box>
  );
}

const shape = {
  display: 'inline-block',
  px: 0.875,
  borderRadius: 1,
  fontSize: '0.75rem',
  lineHeight: '20px',
  fontWeight: 500,
  whiteSpace: 'nowrap',
} as const;

function colours({ tones, palette }: Theme, tone: Tone) {
  if (tone === 'plain') return { color: palette.text.secondary, backgroundColor: tones.sunken };
  return { color: tones[tone], backgroundColor: tones[`${tone}Soft`] };
}
