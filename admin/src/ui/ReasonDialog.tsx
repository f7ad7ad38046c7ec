import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from './ProblemAlert.tsx';

interface Props {
  title: string;
  help: string;
  label: string;
  danger?: boolean;
  /** A reason may be left out. */
  optional?: boolean;
  /** What else must be chosen first, and whether it is. */
  children?: ReactNode;
  chosen?: boolean;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Asks why, before something that others will want explained. */
export function ReasonDialog({
  title,
  help,
  label,
  danger = false,
  optional = false,
  chosen = true,
  children,
  busy,
  error,
  onClose,
  onConfirm,
}: Props) {
  const t = useT();
  const [reason, setReason] = useState('');
  const ready = (optional || reason.trim() !== '') && chosen && !busy;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="reason-title">
      <DialogTitle id="reason-title" sx={{ pb: 0.5 }}>
        {title}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
          {help}
        </Typography>
        {error ? <ProblemAlert error={error} /> : null}
        {children}
        <TextField
          autoFocus={!children}
          fullWidth
          multiline
          minRows={3}
          required={!optional}
          label={label}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) =>
            event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready && onConfirm(reason.trim())
          }
          sx={{ mt: 1 }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('common.cancel')}
        </Button>
        <Button
          variant="contained"
          color={danger ? 'error' : 'primary'}
          disabled={!ready}
          onClick={() => onConfirm(reason.trim())}
        >
          {title}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
