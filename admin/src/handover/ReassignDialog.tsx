import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { call } from '../api/http.ts';
import type { TaskDetail } from '../api/types.ts';
import { PersonInput } from '../form/PersonInput.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { useSay } from '../talk/useTalk.ts';
import { Choice } from '../ui/Choice.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';

interface Props {
  task: Pick<TaskDetail, 'id' | 'caseId'> & Partial<Pick<TaskDetail, 'candidates'>>;
  onClose: () => void;
}

/** To whom a task goes, instead of whom, and why. */
export default function ReassignDialog({ task, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const [to, setTo] = useState('');
  const [from, setFrom] = useState('');
  const holders = task.candidates ?? [];
  const reassign = useSay(
    task.caseId,
    (reason: string) =>
      call(`/tasks/${task.id}/reassign`, { method: 'POST', body: { to, reason, ...(from && { from }) } }),
    t('handover.reassigned'),
  );
  return (
    <ReasonDialog
      title={t('handover.reassign')}
      help={[
        ...(holders.length > 0 ? [t('handover.now', { names: format.list(holders.map(({ name }) => name)) })] : []),
        t('handover.reassignHelp'),
      ].join(' ')}
      label={t('handover.reason')}
      chosen={to !== ''}
      busy={reassign.isPending}
      error={reassign.error}
      onClose={onClose}
      onConfirm={(reason) => reassign.mutate(reason, { onSuccess: onClose })}
    >
      <Stack spacing={2} sx={{ my: 1 }}>
        <PersonInput
          id="reassign-to"
          label={t('handover.to')}
          value={to}
          except={holders.map(({ id }) => id)}
          onChange={setTo}
        />
        {holders.length > 1 && (
          <Choice
            id="reassign-from"
            label={t('handover.instead')}
            options={[{ value: '', name: t('handover.all') }, ...holders.map(({ id, name }) => ({ value: id, name }))]}
            value={from}
            onChange={setFrom}
          />
        )}
      </Stack>
    </ReasonDialog>
  );
}
