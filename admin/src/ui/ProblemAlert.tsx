import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { problemOf } from '../api/problem.ts';
import { useT, useText } from '../i18n/useT.ts';

/** An API error where it belongs: what happened, why, and what to do, in the reader's language. */
export function ProblemAlert({
  error,
  onRetry,
  onClose,
}: {
  error: unknown;
  onRetry?: () => void;
  onClose?: () => void;
}) {
  const text = useText();
  const t = useT();
  const problem = problemOf(error);
  return (
    <Alert
      severity={problem.status === 409 || problem.status === 412 ? 'warning' : 'error'}
      variant="outlined"
      {...(onClose ? { onClose } : {})}
      action={
        onRetry ? (
          <Button color="inherit" size="small" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        ) : undefined
      }
    >
      <AlertTitle sx={{ fontWeight: 600, fontSize: '0.9375rem', mb: 0 }}>{text(problem.title)}</AlertTitle>
      {problem.detail && <Typography variant="body2">{text(problem.detail)}</Typography>}
      {problem.errors.map(({ path, message }) => (
        <Typography key={path} variant="body2">
          {text(message)}
        </Typography>
      ))}
      {problem.hint && problem.errors.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {text(problem.hint)}
        </Typography>
      )}
    </Alert>
  );
}
