import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import type { BallotSheet } from './types.ts';

/** 回避: leaves units out, or the whole sheet, with the reason. */
export function RecuseDialog({ sheet, onClose }: { sheet: BallotSheet; onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [units, setUnits] = useState<string[]>([]);
  const recuse = useMutation({
    mutationFn: (reason: string) =>
      call(`/ballot-sheets/${sheet.id}/recuse`, {
        method: 'POST',
        body: { reason, ...(units.length > 0 && { participants: units }) },
      }),
    onSuccess: () => {
      notify(t('ballots.recused'), { type: 'success' });
      void queryClient.invalidateQueries({ queryKey: ['ballots'] });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('ballots.recuse')}
      help={t('ballots.recuseHelp')}
      label={t('ballots.reason')}
      busy={recuse.isPending}
      error={recuse.error}
      onClose={onClose}
      onConfirm={(reason) => recuse.mutate(reason)}
    >
      <TextField
        select
        fullWidth
        label={t('ballots.recuseFrom')}
        helperText={t('ballots.recuseAll')}
        value={units}
        onChange={({ target }) => setUnits([target.value].flat())}
        slotProps={{ select: { multiple: true } }}
        sx={{ my: 1 }}
      >
        {sheet.participants
          .filter(({ state }) => state === 'due')
          .map(({ id, name }) => (
            <MenuItem key={id} value={id}>
              {name}
            </MenuItem>
          ))}
      </TextField>
    </ReasonDialog>
  );
}
