import Delete from '@mui/icons-material/DeleteOutlined';
import FileIcon from '@mui/icons-material/InsertDriveFileOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import type { Evidence } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { FileLink } from './FileLink.tsx';

/** Files that were handed in, each to be looked at or downloaded; to be removed only where `onRemove` is given. */
export function FileList({ files, onRemove }: { files: Evidence[]; onRemove?: (id: string) => void }) {
  const t = useT();
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
          <FileLink file={file} />
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
    </Box>
  );
}
