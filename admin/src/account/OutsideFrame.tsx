import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useT } from '../i18n/useT.ts';
import { LanguageButton } from '../layout/LanguageButton.tsx';
import { Mark } from '../ui/Mark.tsx';
import { useTitle } from '../ui/Page.tsx';

/** What stands around the pages for those who cannot sign in yet. */
export function OutsideFrame({ title, width = 520, children }: { title: string; width?: number; children: ReactNode }) {
  const t = useT();
  useTitle(title);
  return (
    <Box component="main" sx={{ minHeight: '100dvh', px: 2, py: { xs: 3, md: 8 } }}>
      <Stack spacing={2.5} sx={{ maxWidth: width, mx: 'auto' }}>
        <Stack direction="row" spacing={1.25} sx={{ alignItems: 'center' }}>
          <Mark size={28} />
          <Typography component="span" sx={{ fontWeight: 700, letterSpacing: '0.04em', flex: 1 }}>
            {t('common.name')}
          </Typography>
          <LanguageButton />
        </Stack>
        <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 } }}>
          <Typography variant="h1" sx={{ mb: 2 }}>
            {title}
          </Typography>
          {children}
        </Paper>
      </Stack>
    </Box>
  );
}
