import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useT, useText } from '../i18n/useT.ts';
import { BlockList } from './BlockList.tsx';
import type { FlowItem } from './tree.ts';

/** What is nested in a block: all at once (solid frames side by side), one of them (dashed), or again and again. */
export function Lanes({ item, narrow, plain }: { item: FlowItem; narrow: boolean; plain: boolean }) {
  const t = useT();
  const text = useText();
  const side = !narrow && item.lanes.length > 1;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 1,
        gridTemplateColumns: side ? { sm: 'repeat(auto-fit, minmax(210px, 1fr))' } : 'minmax(0, 1fr)',
      }}
    >
      {item.lanes.map((lane) => (
        <Box key={lane.key} sx={(theme) => frame(theme, item.type)}>
          {lane.name && (
            <Typography variant="caption" component="div" sx={{ fontWeight: 600, mb: 0.75, color: 'text.secondary' }}>
              {text(lane.name)}
            </Typography>
          )}
          {lane.items.length > 0 ? (
            <BlockList items={lane.items} narrow={narrow} plain={plain} />
          ) : (
            <Typography variant="caption" color="text.secondary">
              {t('flow.nothing')}
            </Typography>
          )}
        </Box>
      ))}
    </Box>
  );
}

function frame({ palette, tones }: Theme, type: string) {
  return {
    p: 1.25,
    borderRadius: 1,
    border: `1px ${type === 'branch' ? 'dashed' : 'solid'} ${type === 'branch' ? tones.line : palette.divider}`,
    backgroundColor: tones.faint,
    minWidth: 0,
  };
}
