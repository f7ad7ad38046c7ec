import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

export interface Sending {
  name: string;
  /** From 0 to 1. */
  share: number;
}

interface Props {
  sending: Sending | undefined;
  /** What is wrong with a file that was not even sent. */
  refusal: string | undefined;
  /** What the server said. */
  failure: unknown;
  onClose: () => void;
}

/** How far an upload is, or why there is none. */
export function UploadState({ sending, refusal, failure, onClose }: Props) {
  const t = useT();
  return (
    <>
      {sending && (
        <Box sx={{ mt: 1 }} role="status">
          <Typography variant="caption">{t('form.files.uploading', { name: sending.name })}</Typography>
          <LinearProgress
            variant="determinate"
            value={sending.share * 100}
            aria-label={t('form.files.uploading', { name: sending.name })}
          />
        </Box>
      )}
      {refusal && (
        <Typography variant="caption" color="error" role="alert" component="p" sx={{ mt: 0.75 }}>
          {refusal}
        </Typography>
      )}
      {failure !== undefined && (
        <Box sx={{ mt: 1 }}>
          <ProblemAlert error={failure} onClose={onClose} />
        </Box>
      )}
    </>
  );
}
