import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { lazy, type MouseEvent, Suspense, useState } from 'react';
import { API } from '../api/http.ts';
import type { Evidence } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { previewOf } from './fileRules.ts';
import { levelName, USUAL_LEVEL } from './level.ts';

const FilePreview = lazy(() => import('./FilePreview.tsx'));

/** A file by its name: looked at on the page if that can be, else to be downloaded, which it says. */
export function FileLink({ file }: { file: Evidence }) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const shown = previewOf(file) !== undefined;
  return (
    <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
      <Link
        href={`${API}/evidence/${file.id}/content`}
        download={file.name}
        variant="body2"
        aria-label={t(shown ? 'form.files.look' : 'form.files.open', { name: file.name })}
        {...(shown && {
          onClick: (event: MouseEvent) => {
            event.preventDefault();
            setOpen(true);
          },
        })}
      >
        {file.name}
      </Link>
      <Typography variant="caption" color="text.secondary" component="div">
        {[
          format.bytes(file.size),
          file.uploadedBy.name,
          format.dayTime(file.at),
          file.level !== USUAL_LEVEL && t(levelName(file.level)),
          !shown && t('form.files.elsewhere'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      <Suspense>{open && <FilePreview file={file} onClose={() => setOpen(false)} />}</Suspense>
    </Box>
  );
}
