import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import type { DraftState } from './useDraft.ts';

interface Props {
  state: DraftState;
  restored: boolean;
  onDiscard: () => void;
}

/** Where the draft is, always in sight; one that came back can be dropped. */
export function DraftNote({ state, restored, onDiscard }: Props) {
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
      component="div"
      role="status"
      sx={{ color: state.at === 'kept' ? 'warning.main' : 'text.secondary', minWidth: 0 }}
    >
      {words}
      {restored && state.at === 'clean' && (
        <Button size="small" onClick={onDiscard} sx={{ ml: 0.5, minHeight: 24, py: 0 }}>
          {t('task.draft.undo')}
        </Button>
      )}
    </Typography>
  );
}
