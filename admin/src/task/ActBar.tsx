import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import type { Action, ActionName } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { MoreActions } from './MoreActions.tsx';

const ORDER: ActionName[] = ['retrieve', 'transfer', 'reject', 'return', 'approve', 'submit'];

/** The usual decision of a list: what Ctrl+Enter does. */
export const mainAction = (actions: readonly Action[]): Action | undefined =>
  actions.find(({ action }) => action === 'submit' || action === 'approve');

interface Props {
  actions: Action[];
  busy: boolean;
  wrong: number;
  note: ReactNode;
  onPick: (action: Action) => void;
}

/** What may be done here, at the bottom where the thumb is, with the draft's state beside it. */
export function ActBar({ actions, busy, wrong, note, onPick }: Props) {
  const t = useT();
  const text = useText();
  const decisions = actions.filter(({ action }) => ORDER.includes(action) && action !== 'transfer');
  const others = actions.filter((action) => !decisions.includes(action));
  // One more has room for a button of its own.
  const ordered = [...decisions, ...(others.length === 1 ? others : [])].sort(
    (a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action),
  );
  const main = mainAction(actions);
  return (
    <Box className="no-print" sx={bar}>
      <Box sx={{ flex: 1, minWidth: 0, mb: { xs: 0.75, sm: 0 } }}>
        {wrong > 0 ? (
          <Typography variant="caption" color="error" role="alert">
            {t('form.summary', { smart_count: wrong })}
          </Typography>
        ) : (
          note
        )}
      </Box>
      <Stack direction="row" spacing={1} sx={{ justifyContent: 'flex-end' }}>
        {others.length > 1 && <MoreActions actions={others} busy={busy} onPick={onPick} />}
        {ordered.map((action) => (
          <Button
            key={action.action}
            variant={action === main ? 'contained' : action.action === 'return' ? 'outlined' : 'text'}
            color={action.action === 'reject' ? 'error' : 'primary'}
            disabled={busy}
            onClick={() => onPick(action)}
            sx={{
              px: { xs: 1.5, sm: 2.5 },
              minWidth: { xs: 0, sm: action === main ? 104 : 0 },
              flex: { xs: action === main ? 1 : 'none', sm: 'none' },
              minHeight: { xs: 44, sm: 38 },
            }}
          >
            {busy && action === main ? t('task.act.working') : text(action.name)}
          </Button>
        ))}
      </Stack>
    </Box>
  );
}

const bar = {
  position: 'sticky',
  bottom: 0,
  zIndex: 5,
  display: { sm: 'flex' },
  alignItems: 'center',
  gap: 2,
  mx: { xs: -2, sm: 0 },
  mt: 2,
  px: { xs: 2, sm: 2.5 },
  pt: 1.25,
  pb: { xs: 'calc(10px + env(safe-area-inset-bottom))', sm: 1.25 },
  backgroundColor: 'background.paper',
  border: '1px solid',
  borderColor: 'divider',
  borderRadius: { xs: 0, sm: 1 },
  borderInlineWidth: { xs: 0, sm: 1 },
} as const;
