import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { API } from '../api/http.ts';
import { offlineProblem, problemError } from '../api/problem.ts';
import type { Evidence } from '../api/types.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** A picture that was handed in, seen without saving it. The server only ever sends files as downloads, so it is fetched and shown from memory. */
export default function PicturePreview({ file, onClose }: { file: Evidence; onClose: () => void }) {
  const t = useT();
  const { language } = useLanguage();
  const path = `${API}/evidence/${file.id}/content`;
  const { data, error, refetch } = useQuery({
    queryKey: ['evidence', file.id],
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const answer = await fetch(path, { signal }).catch(() => undefined);
      if (!answer?.ok) throw problemError(offlineProblem(), language);
      return URL.createObjectURL(await answer.blob());
    },
  });
  useEffect(() => () => (data ? URL.revokeObjectURL(data) : undefined), [data]);
  return (
    <Dialog open onClose={onClose} maxWidth="lg" fullWidth aria-labelledby="preview-title">
      <DialogTitle id="preview-title" sx={{ overflowWrap: 'anywhere' }}>
        {file.name}
      </DialogTitle>
      <DialogContent sx={{ display: 'grid', placeItems: 'center', minHeight: 200 }}>
        {error ? (
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        ) : data ? (
          <Box component="img" src={data} alt={file.name} sx={{ maxWidth: '100%', maxHeight: '72vh' }} />
        ) : (
          <CircularProgress aria-label={t('common.loading')} />
        )}
      </DialogContent>
      <DialogActions>
        <Button component="a" href={path} download={file.name}>
          {t('form.files.save')}
        </Button>
        <Button variant="contained" onClick={onClose} autoFocus>
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
