import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useT } from '../i18n/useT.ts';

interface Props {
  title: string;
  help: string;
  busy: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks once more before something that cannot be taken back. */
export function ConfirmDialog({ title, help, busy, onClose, onConfirm }: Props) {
  const t = useT();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="confirm-title">
      <DialogTitle id="confirm-title">{title}</DialogTitle>
      <DialogContent>
        <Typography variant="body2">{help}</Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('common.cancel')}
        </Button>
        <Button variant="contained" color="error" onClick={onConfirm} disabled={busy}>
          {title}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
