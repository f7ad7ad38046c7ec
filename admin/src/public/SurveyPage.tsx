import Skeleton from '@mui/material/Skeleton';
import { useParams } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { PublicFrame } from './PublicFrame.tsx';
import { SurveyForm } from './SurveyForm.tsx';
import { useSurvey } from './survey.ts';

/** A public survey, by its one-time link. */
export default () => (
  <PublicFrame>
    <Asked />
  </PublicFrame>
);

function Asked() {
  const t = useT();
  const { token = '' } = useParams();
  const { data, error, isPending, refetch } = useSurvey(token);
  if (data) return <SurveyForm survey={data} token={token} key={token} />;
  return (
    <Page title={t('public.survey')} width={760}>
      {isPending ? (
        <Skeleton variant="rounded" height={300} aria-busy />
      ) : (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}
