import Button from '@mui/material/Button';
import { Suspense, useState } from 'react';
import type { TaskDetail } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { page } from '../page.ts';
import { useCan } from '../session/session.ts';

const ReassignDialog = page(() => import('./ReassignDialog.tsx'), 'handover');

/** 改派: the office gives an open task to somebody else. */
export function ReassignButton({
  task,
}: {
  task: Pick<TaskDetail, 'id' | 'caseId' | 'state'> & Partial<Pick<TaskDetail, 'candidates'>>;
}) {
  const t = useT();
  const can = useCan();
  const [asking, setAsking] = useState(false);
  if (task.state !== 'open' || !can('cases.control')) return null;
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {t('task.act.reassign')}
      </Button>
      <Suspense>{asking && <ReassignDialog task={task} onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}
