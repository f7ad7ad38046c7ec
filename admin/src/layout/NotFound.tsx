import Button from '@mui/material/Button';
import { Link } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { useTitle } from '../ui/Page.tsx';

export function NotFound() {
  const t = useT();
  useTitle(t('common.error.notFound'));
  return (
    <Empty
      title={t('common.error.notFound')}
      help={t('common.error.notFoundHelp')}
      action={
        <Button component={Link} to="/inbox">
          {t('common.error.toInbox')}
        </Button>
      }
    />
  );
}
