import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MobileStepper from '@mui/material/MobileStepper';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useT } from '../i18n/useT.ts';

const STEPS = ['inbox', 'task', 'record', 'cycle', 'keys'] as const;

/** Five steps that say where things are; shown once, and again when asked for. */
export default function Tour({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [at, setAt] = useState(0);
  const step = STEPS[at] as (typeof STEPS)[number];
  const last = at === STEPS.length - 1;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="tour-title" aria-describedby="tour-text">
      <DialogTitle id="tour-title" sx={{ pb: 1 }}>
        <Typography variant="caption" color="text.secondary" component="span" sx={{ display: 'block' }}>
          {t('keys.tour.title')} · {t('keys.tour.of', { step: at + 1, steps: STEPS.length })}
        </Typography>
        {t(`keys.tour.${step}.title`)}
      </DialogTitle>
      <DialogContent>
        <Typography id="tour-text" aria-live="polite" sx={{ minHeight: '6.5em' }}>
          {t(`keys.tour.${step}.text`)}
        </Typography>
        <MobileStepper
          variant="dots"
          position="static"
          steps={STEPS.length}
          activeStep={at}
          backButton={null}
          nextButton={null}
          sx={{ justifyContent: 'center', backgroundColor: 'transparent', p: 0, mt: 1 }}
        />
      </DialogContent>
      <DialogActions>
        {!last && (
          <Button onClick={onClose} sx={{ mr: 'auto' }}>
            {t('keys.tour.skip')}
          </Button>
        )}
        {at > 0 && <Button onClick={() => setAt(at - 1)}>{t('keys.tour.back')}</Button>}
        <Button autoFocus variant="contained" onClick={() => (last ? onClose() : setAt(at + 1))}>
          {t(last ? 'keys.tour.done' : 'keys.tour.next')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
