import { useParams } from 'react-router-dom';
import { useCase } from '../api/queries.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { CaseView } from './CaseView.tsx';

export default function CasePage() {
  const { id = '' } = useParams();
  const t = useT();
  const { data, error, isPending, refetch } = useCase(id);
  if (data) return <CaseView key={id} item={data} />;
  if (isPending) return <Waiting />;
  return (
    <Page title={t('common.error.requestFailed')} back="/inbox" width={720}>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </Page>
  );
}
