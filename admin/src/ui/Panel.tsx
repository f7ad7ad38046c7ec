import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

interface Props {
  title?: string;
  note?: ReactNode;
  action?: ReactNode;
  flush?: boolean;
  /** Only for doing something: left out on paper. */
  screenOnly?: boolean;
  children: ReactNode;
}

/** A sheet of paper with an optional heading. `flush` lets a table or list touch the edges. */
export function Panel({ title, note, action, flush = false, screenOnly = false, children }: Props) {
  return (
    <Paper
      variant="outlined"
      component="section"
      {...(screenOnly && { className: 'no-print' })}
      sx={{ overflow: 'hidden' }}
    >
      {title && (
        <Stack
          direction="row"
          spacing={1}
          useFlexGap
          sx={{
            alignItems: 'baseline',
            flexWrap: { xs: 'wrap', sm: 'nowrap' },
            px: { xs: 2, sm: 2.5 },
            pt: 1.75,
            pb: flush ? 1.25 : 0,
          }}
        >
          <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
            {title}
          </Typography>
          {note && (
            <Typography
              variant="caption"
              color="text.secondary"
              sx={isLong(note) ? { order: { xs: 1, sm: 0 }, flexBasis: { xs: '100%', sm: 'auto' } } : {}}
            >
              {note}
            </Typography>
          )}
          {action}
        </Stack>
      )}
      <Box sx={flush ? {} : { px: { xs: 2, sm: 2.5 }, py: 2 }}>{children}</Box>
    </Paper>
  );
}

/** What would leave the heading no room on a phone. */
const isLong = (note: ReactNode): boolean => typeof note === 'string' && note.length > 20;
