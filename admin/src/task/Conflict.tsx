import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Problem } from '../api/problem.ts';
import { useT, useText } from '../i18n/useT.ts';

/** What can be put right in the dialog where it was asked for: another person, another seat. */
const MENDABLE = new Set(['approver.there', 'approver.gone', 'claim.alone', 'retrieve.late']);

/** Whether an error means that someone or something else was faster. */
export const isConflict = (problem: Problem): boolean =>
  (problem.status === 409 || problem.status === 412) && !MENDABLE.has(problem.id);

/** Someone was faster. Says who and what, and what can be done now; what was typed stays. */
export function Conflict({ problem, caseId, onReload }: { problem: Problem; caseId: string; onReload: () => void }) {
  const t = useT();
  const text = useText();
  const over = problem.id === 'task.closed' || problem.id === 'case.finished';
  return (
    <Alert severity="warning" variant="outlined" sx={{ mb: 2 }}>
      <AlertTitle sx={{ fontWeight: 600, mb: 0 }}>{text(problem.title)}</AlertTitle>
      {problem.detail && <Typography variant="body2">{text(problem.detail)}</Typography>}
      {problem.hint && <Typography variant="body2">{text(problem.hint)}</Typography>}
      {!over && <Typography variant="body2">{t('task.conflict.kept')}</Typography>}
      <Stack direction="row" spacing={1} sx={{ mt: 1 }}>
        {over ? (
          <>
            <Button size="small" variant="outlined" component={Link} to={`/cases/${caseId}`}>
              {t('task.conflict.case')}
            </Button>
            <Button size="small" component={Link} to="/inbox">
              {t('common.error.toInbox')}
            </Button>
          </>
        ) : (
          <Button size="small" variant="outlined" onClick={onReload}>
            {t('task.conflict.reload')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
