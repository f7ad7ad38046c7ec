import { useParams } from 'react-router-dom';
import { problemOf } from '../api/problem.ts';
import { useTask } from '../api/queries.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { TaskView } from './TaskView.tsx';

export default function TaskPage() {
  const { id = '' } = useParams();
  const t = useT();
  const { data, error, isPending, refetch } = useTask(id);
  // Whoever may no longer see a task (it is closed, others held it too) still sees what it was.
  if (data)
    return (
      <TaskView
        key={id}
        task={data}
        gone={error !== null && problemOf(error).status === 404}
        onReload={() => void refetch()}
      />
    );
  if (isPending) return <Waiting />;
  return (
    <Page title={t('common.error.requestFailed')} back="/inbox" width={720}>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </Page>
  );
}
