import Skeleton from '@mui/material/Skeleton';
import { useParams } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { SheetForm } from './SheetForm.tsx';
import { useSheet } from './useSheets.ts';

/** One sheet: all the units that one has to score. */
export default function SheetPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { data, error, refetch } = useSheet(id);
  if (data) return <SheetForm key={id} sheet={data} />;
  return (
    <Page title={t('ballots.title')} back="/ballots" width={860}>
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton variant="rounded" height={360} />
      )}
    </Page>
  );
}
