import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { FallbackProps } from 'react-error-boundary';
import { useT } from '../i18n/useT.ts';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** A page that threw: the rest of the console goes on. */
export function Failed({ error, resetErrorBoundary }: FallbackProps) {
  const t = useT();
  return (
    <Page title={t('common.error.title')} under={t('common.error.help')} width={720}>
      <ProblemAlert error={error} />
      <Box sx={{ mt: 2 }}>
        <Button variant="contained" onClick={resetErrorBoundary}>
          {t('common.retry')}
        </Button>
      </Box>
    </Page>
  );
}
