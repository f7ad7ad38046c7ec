import Print from '@mui/icons-material/PrintOutlined';
import Button from '@mui/material/Button';
import { useT } from '../i18n/useT.ts';

/** Puts the page on paper, without what is for the screen only. */
export function PrintButton() {
  const t = useT();
  return (
    <Button size="small" variant="outlined" startIcon={<Print />} onClick={() => window.print()}>
      {t('common.print')}
    </Button>
  );
}
