import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState } from 'react';
import type { Action } from '../api/types.ts';
import { PersonInput } from '../form/PersonInput.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  action: Action;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onAct: (reason: string, to: string) => void;
}

const HELP = {
  approve: 'task.act.approveHelp',
  reject: 'task.act.rejectHelp',
  transfer: 'task.act.transferHelp',
} as const;

/** The last word before a decision: the reason (where one is due), to whom, and what will happen. */
export function ActDialog({ action, busy, error, onClose, onAct }: Props) {
  const t = useT();
  const text = useText();
  const phone = useMediaQuery('(max-width: 600px)');
  const [reason, setReason] = useState('');
  const [to, setTo] = useState('');
  const [tried, setTried] = useState(false);
  const kind = action.action;
  const needsReason = action.reasonRequired && !reason.trim();
  const needsPerson = kind === 'transfer' && !to;

  const act = () => {
    setTried(true);
    if (!needsReason && !needsPerson && !busy) onAct(reason.trim(), to);
  };

  return (
    <Dialog
      open
      onClose={busy ? () => {} : onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby="act-title"
      slotProps={{
        paper: {
          sx: phone
            ? {
                position: 'fixed',
                bottom: 0,
                m: 0,
                width: '100%',
                maxWidth: '100% !important',
                borderRadius: '14px 14px 0 0',
              }
            : {},
        },
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          act();
        }
      }}
    >
      <DialogTitle id="act-title" sx={{ pb: 0.5 }}>
        {text(action.name)}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
          {action.to
            ? t('task.act.returnTo', { block: text(action.to.name) })
            : kind in HELP
              ? t(HELP[kind as keyof typeof HELP])
              : ''}
        </Typography>
        {error !== undefined && error !== null && <ProblemAlert error={error} />}
        <Stack spacing={2} sx={{ pt: 1 }}>
          {kind === 'transfer' && (
            <div>
              <PersonInput
                id="act-to"
                label={t('task.act.to')}
                value={to}
                onChange={setTo}
                error={tried && needsPerson}
              />
              {tried && needsPerson && (
                <Typography variant="caption" color="error">
                  {t('task.act.toMissing')}
                </Typography>
              )}
            </div>
          )}
          <TextField
            autoFocus={kind !== 'transfer'}
            multiline
            minRows={3}
            maxRows={10}
            fullWidth
            label={t(action.reasonRequired ? 'task.act.reasonRequired' : 'task.act.reasonOptional')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            error={tried && needsReason}
            helperText={tried && needsReason ? t('task.act.reasonMissing') : undefined}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
          {kind !== 'submit' && (
            <Stack
              direction="row"
              useFlexGap
              spacing={0.75}
              sx={{ flexWrap: 'wrap' }}
              role="group"
              aria-label={t('task.act.phrases')}
            >
              {(['a', 'b', 'c'] as const).map((which) => {
                const phrase = t(`task.phrases.${kind}.${which}`);
                return (
                  <Chip
                    key={which}
                    size="small"
                    variant="outlined"
                    label={phrase}
                    onClick={() => setReason(reason ? `${reason}\n${phrase}` : phrase)}
                  />
                );
              })}
            </Stack>
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('common.cancel')}
        </Button>
        <Button variant="contained" color={kind === 'reject' ? 'error' : 'primary'} onClick={act} disabled={busy}>
          {busy ? t('task.act.working') : text(action.name)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
