import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import { useT } from '../i18n/useT.ts';
import { Files } from '../indicators/Files.tsx';
import type { IndicatorDetail } from '../indicators/types.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useRead } from '../unit/api.ts';

interface Props {
  indicatorId: string;
  name: string;
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onClose: () => void;
}

/** What proves a value: uploaded now, or chosen from what was uploaded for the indicator. */
export function EvidenceDialog({ indicatorId, name, chosen, onChoose, onClose }: Props) {
  const t = useT();
  const { data, error, isPending, refetch } = useRead<IndicatorDetail>(`/assigned-indicators/${indicatorId}`);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="evidence-title">
      <DialogTitle id="evidence-title">{t('unit.files_', { indicator: name })}</DialogTitle>
      <DialogContent>
        {isPending && <Skeleton variant="rounded" height={120} />}
        {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
        {data && (
          <Files
            indicatorId={indicatorId}
            files={data.files}
            mayUpload={data.can.includes('report')}
            chosen={chosen}
            onChoose={onChoose}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {t('common.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
