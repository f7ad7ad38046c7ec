import Box from '@mui/material/Box';
import type { Anchor } from '../../../workflows/template/anchors.ts';
import { useText } from '../i18n/useT.ts';

/** What each point of a scale stands for, the best first; the one that is chosen stands out. */
export function Anchors({ anchors, value }: { anchors: readonly Anchor[]; value?: string | undefined }) {
  const text = useText();
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '2px 12px', m: 0, mt: 0.5, typography: 'caption' }}
    >
      {anchors.toReversed().map(({ at, name }) => (
        <Box key={at} sx={{ display: 'contents', color: value === at ? 'text.primary' : 'text.secondary' }}>
          <Box component="dt" sx={{ textAlign: 'right', fontWeight: 600 }}>
            {at}
          </Box>
          <Box component="dd" sx={{ m: 0, fontWeight: value === at ? 600 : 400 }}>
            {text(name)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
