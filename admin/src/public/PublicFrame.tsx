import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Link } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { Failed } from '../layout/Failed.tsx';
import { LanguageButton } from '../layout/LanguageButton.tsx';
import { Mark } from '../ui/Mark.tsx';

/** What stands around the pages that need no account. */
export const PublicFrame = ({ children }: { children: ReactNode }) => (
  <>
    <Header />
    <Box component="main">
      <ErrorBoundary FallbackComponent={Failed}>{children}</ErrorBoundary>
    </Box>
  </>
);

function Header() {
  const t = useT();
  return (
    <Box
      component="header"
      className="no-print"
      sx={{ backgroundColor: 'background.paper', borderBottom: '1px solid', borderColor: 'divider' }}
    >
      <Stack
        direction="row"
        spacing={1.25}
        sx={{ alignItems: 'center', maxWidth: 1180, mx: 'auto', px: { xs: 2, sm: 3, lg: 5 }, minHeight: 56 }}
      >
        <Stack
          component={Link}
          to="/public"
          direction="row"
          spacing={1.25}
          sx={{ alignItems: 'center', textDecoration: 'none', color: 'text.primary', minHeight: 44 }}
        >
          <Mark size={24} />
          <Typography component="span" sx={{ fontWeight: 700, letterSpacing: '0.04em' }}>
            {t('common.name')}
          </Typography>
        </Stack>
        <Typography component="span" variant="body2" color="text.secondary" sx={{ flex: 1 }}>
          {t('public.brand')}
        </Typography>
        <LanguageButton />
      </Stack>
    </Box>
  );
}
