import Typography from '@mui/material/Typography';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import type { DraftState } from './useDraft.ts';

/** Where the draft is, always in sight. */
export function DraftNote({ state, restored }: { state: DraftState; restored: boolean }) {
  const t = useT();
  const format = useFormat();
  const words = {
    clean: () => (restored ? t('task.draft.restored') : ''),
    dirty: () => t('task.draft.dirty'),
    saving: () => t('task.draft.saving'),
    saved: () => t('task.draft.saved', { time: state.at === 'saved' ? format.time(state.time) : '' }),
    kept: () => t('task.draft.kept'),
  }[state.at]();
  return (
    <Typography
      variant="caption"
      role="status"
      sx={{ color: state.at === 'kept' ? 'warning.main' : 'text.secondary', minWidth: 0 }}
    >
      {words}
    </Typography>
  );
}
