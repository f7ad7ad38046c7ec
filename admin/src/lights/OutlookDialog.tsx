import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useOutlook } from './api.ts';
import { Outlook } from './Outlook.tsx';

interface Props {
  cycleId: string;
  org: string;
  name: string;
  code: string;
  onClose: () => void;
}

/** One cell of the heat map from near: the values, where they are heading, and what was aimed at. */
export function OutlookDialog({ cycleId, org, name, code, onClose }: Props) {
  const t = useT();
  const { data, error, isPending, refetch } = useOutlook(cycleId, org, code);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="outlook-title">
      <DialogTitle id="outlook-title">{[name, data?.indicator.name].filter(Boolean).join(' · ')}</DialogTitle>
      <DialogContent>
        {isPending && <Skeleton variant="rounded" height={260} />}
        {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
        {data && <Outlook outlook={data} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
