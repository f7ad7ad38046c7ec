import Button from '@mui/material/Button';
import { Link } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { Page } from '../ui/Page.tsx';

export function NotFound() {
  const t = useT();
  return (
    <Page title={t('common.error.notFound')} under={t('common.error.notFoundHelp')} width={720}>
      <Button component={Link} to="/inbox" variant="outlined">
        {t('common.error.toInbox')}
      </Button>
    </Page>
  );
}
