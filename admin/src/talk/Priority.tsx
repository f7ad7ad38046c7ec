import Button from '@mui/material/Button';
import { useState } from 'react';
import { call } from '../api/http.ts';
import type { Case } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { useSay } from './useTalk.ts';

/** Makes a case urgent or normal again, with a reason, where this person may. */
export function PriorityButton({ item }: { item: Case }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const priority = item.priority === 'urgent' ? 'normal' : 'urgent';
  const set = useSay(
    item.id,
    (reason: string) => call(`/cases/${item.id}/priority`, { method: 'PUT', body: { priority, reason } }),
    t('talk.prioritySet'),
  );
  if (!item.around.includes('prioritise')) return null;
  const title = t(priority === 'urgent' ? 'talk.makeUrgent' : 'talk.makeNormal');
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        onClick={() => {
          set.reset();
          setAsking(true);
        }}
      >
        {title}
      </Button>
      {asking && (
        <ReasonDialog
          title={title}
          help={t(priority === 'urgent' ? 'talk.urgentHelp' : 'talk.normalHelp')}
          label={t('cases.reason')}
          busy={set.isPending}
          error={set.error}
          onClose={() => setAsking(false)}
          onConfirm={(reason) => set.mutate(reason, { onSuccess: () => setAsking(false) })}
        />
      )}
    </>
  );
}
