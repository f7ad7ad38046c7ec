import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import type { GivenLink } from './types.ts';

/** A one-time link that is to be handed over, for the only time it is shown. */
export function GivenDialog({ given, onClose }: { given: GivenLink; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const notify = useNotify();
  const link = `${window.location.origin}${given.path ?? ''}`;
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    notify(t('account.given.copied'), { type: 'success' });
  };
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby="given-title">
      <DialogTitle id="given-title">{t('account.given.title')}</DialogTitle>
      <DialogContent>
        <Typography variant="body2" sx={{ mb: 2 }}>
          {t('account.given.help', { when: given.expiresAt ? format.dayTime(given.expiresAt) : '' })}
        </Typography>
        <TextField
          fullWidth
          multiline
          label={t('account.given.title')}
          value={link}
          slotProps={{ htmlInput: { readOnly: true } }}
          onFocus={(event) => event.target.select()}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={() => void copy()}>{t('account.given.copy')}</Button>
        <Button variant="contained" onClick={onClose}>
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
