import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { type ReactNode, useId } from 'react';
import { useT } from '../i18n/useT.ts';

interface Props {
  title: ReactNode;
  /** Its state and kind, under the title. */
  tags?: ReactNode;
  wide?: boolean;
  /** What can be done with it: beside “close”. */
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** One entry of a register, with what can be done about it. */
export function RecordDialog({ title, tags, wide = false, actions, onClose, children }: Props) {
  const t = useT();
  const id = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={wide ? 'md' : 'sm'} aria-labelledby={id}>
      <DialogTitle id={id} sx={{ pb: 1 }}>
        {title}
      </DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          {tags && (
            <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
              {tags}
            </Stack>
          )}
          {children}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
        {actions}
      </DialogActions>
    </Dialog>
  );
}
