import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { Suspense, useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { page } from '../page.ts';
import { rememberPreferences } from '../session/session.ts';

const Tour = page(() => import('../palette/Tour.tsx'), 'keys');

/** Offers the tour to whoever is here for the first time; it stays until they have seen it or sent it away. */
export default function Welcome() {
  const t = useT();
  const [touring, setTouring] = useState(false);
  const seen = () => void rememberPreferences({ toured: true }).catch(() => {});
  return (
    <>
      <Alert
        severity="info"
        variant="outlined"
        className="no-print"
        sx={{ mb: 2, alignItems: 'center' }}
        action={
          <>
            <Button size="small" color="inherit" onClick={seen}>
              {t('keys.tour.skip')}
            </Button>
            <Button size="small" onClick={() => setTouring(true)}>
              {t('keys.tour.start')}
            </Button>
          </>
        }
      >
        {t('keys.tour.offer')}
      </Alert>
      <Suspense>{touring && <Tour onClose={seen} />}</Suspense>
    </>
  );
}
