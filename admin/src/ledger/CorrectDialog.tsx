import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useChange } from '../cycles/useChange.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { POINTS } from './points.ts';
import type { EntryDetail } from './types.ts';

/** Corrects a proposal that nobody has decided; what it was before stays on record. */
export function CorrectDialog({
  cycleId,
  entry,
  onClose,
}: {
  cycleId: string;
  entry: EntryDetail;
  onClose: () => void;
}) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [points, setPoints] = useState(entry.points);
  const [document, setDocument] = useState(entry.document ?? '');
  const correct = useChange(cycleId, () => {
    notify(t('ledger.corrected'), { type: 'success' });
    onClose();
  });
  const refused = correct.error
    ? problemOf(correct.error).errors.find(({ path }) => path === 'points')?.message
    : undefined;
  const wrong = !POINTS.test(points) ? t('ledger.pointsBad') : refused && text(refused);
  return (
    <ReasonDialog
      title={t('ledger.correct')}
      help={t('ledger.correctHelp')}
      label={t('ledger.why')}
      optional
      chosen={entry.kind === 'veto' || POINTS.test(points)}
      busy={correct.isPending}
      error={refused ? undefined : correct.error}
      onClose={onClose}
      onConfirm={(reason) =>
        correct.mutate({
          path: `/adjustments/${entry.id}`,
          method: 'PATCH',
          ifMatch: entry.version,
          body: {
            ...(entry.kind !== 'veto' && { points }),
            document: document.trim() || null,
            ...(reason && { reason }),
          },
        })
      }
    >
      <Stack spacing={2} sx={{ my: 1 }}>
        {entry.kind !== 'veto' && (
          <TextField
            label={t('ledger.points')}
            value={points}
            error={wrong !== undefined}
            helperText={wrong}
            onChange={(event) => setPoints(event.target.value.trim())}
            slotProps={{ htmlInput: { inputMode: 'decimal' } }}
          />
        )}
        <TextField
          label={t('ledger.document')}
          value={document}
          onChange={(event) => setDocument(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 200 } }}
        />
      </Stack>
    </ReasonDialog>
  );
}
