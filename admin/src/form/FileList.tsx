import Delete from '@mui/icons-material/DeleteOutlined';
import FileIcon from '@mui/icons-material/InsertDriveFileOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { lazy, type MouseEvent, Suspense, useState } from 'react';
import { API } from '../api/http.ts';
import type { Evidence } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { canPreview } from './fileRules.ts';

const FilePreview = lazy(() => import('./FilePreview.tsx'));

/** Files that were handed in, each to be downloaded; to be removed only where `onRemove` is given. */
export function FileList({ files, onRemove }: { files: Evidence[]; onRemove?: (id: string) => void }) {
  const t = useT();
  const format = useFormat();
  const [seen, setSeen] = useState<Evidence>();
  if (files.length === 0) return null;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, mb: 1, p: 0 }}>
      {files.map((file) => (
        <Stack
          component="li"
          key={file.id}
          direction="row"
          spacing={1}
          sx={{ alignItems: 'center', py: 0.5, minHeight: 40 }}
        >
          <FileIcon sx={{ fontSize: 20, color: 'text.secondary' }} />
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Link
              href={`${API}/evidence/${file.id}/content`}
              download={file.name}
              variant="body2"
              aria-label={t(canPreview(file) ? 'form.files.look' : 'form.files.open', { name: file.name })}
              {...(canPreview(file) && {
                onClick: (event: MouseEvent) => {
                  event.preventDefault();
                  setSeen(file);
                },
              })}
            >
              {file.name}
            </Link>
            <Typography variant="caption" color="text.secondary" component="div" noWrap>
              {format.bytes(file.size)} · {file.uploadedBy.name} · {format.dayTime(file.at)}
            </Typography>
          </Box>
          {onRemove && (
            <IconButton
              size="small"
              aria-label={t('form.files.remove', { name: file.name })}
              onClick={() => onRemove(file.id)}
            >
              <Delete fontSize="small" />
            </IconButton>
          )}
        </Stack>
      ))}
      <Suspense>{seen && <FilePreview file={seen} onClose={() => setSeen(undefined)} />}</Suspense>
    </Box>
  );
}
