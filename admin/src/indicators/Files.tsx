import Delete from '@mui/icons-material/DeleteOutlined';
import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../api/http.ts';
import type { Evidence } from '../api/types.ts';
import { uploadTo } from '../api/upload.ts';
import { FileLink } from '../form/FileLink.tsx';
import { ACCEPT, flawOf, MAX_BYTES } from '../form/fileRules.ts';
import { type Sending, UploadState } from '../form/UploadState.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { UNIT } from '../unit/api.ts';

interface Props {
  /** Of the indicator that they are uploaded for. */
  indicatorId: string;
  files: Evidence[];
  mayUpload: boolean;
  /** Given where some are to be chosen: the ids that are. What is uploaded is chosen at once. */
  chosen?: string[];
  onChoose?: (ids: string[]) => void;
}

/** The evidence of an indicator: looked at, downloaded, uploaded, and chosen from. */
export function Files({ indicatorId, files, mayUpload, chosen, onChoose }: Props) {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<Sending>();
  const [refusal, setRefusal] = useState<string>();
  const [failure, setFailure] = useState<unknown>();

  const send = async (picked: File[]) => {
    setRefusal(undefined);
    setFailure(undefined);
    const added: string[] = [];
    for (const file of picked) {
      const flaw = flawOf(file);
      if (flaw) {
        setRefusal(
          t(`form.files.${flaw}`, { name: file.name, size: format.bytes(file.size), max: format.bytes(MAX_BYTES) }),
        );
        break;
      }
      try {
        setSending({ name: file.name, share: 0 });
        const kept = await uploadTo(`/assigned-indicators/${indicatorId}/evidence`, { field: 'file' }, file, (share) =>
          setSending({ name: file.name, share }),
        );
        added.push(kept.id);
      } catch (problem) {
        setFailure(problem);
        break;
      }
    }
    setSending(undefined);
    await client.invalidateQueries({ queryKey: [UNIT] });
    if (added.length > 0) onChoose?.([...(chosen ?? []), ...added]);
  };
  const remove = async (id: string) => {
    setFailure(undefined);
    try {
      await call(`/evidence/${id}`, { method: 'DELETE' });
      onChoose?.((chosen ?? []).filter((one) => one !== id));
      await client.invalidateQueries({ queryKey: [UNIT] });
    } catch (problem) {
      setFailure(problem);
    }
  };
  const toggle = (id: string) =>
    onChoose?.(chosen?.includes(id) ? chosen.filter((one) => one !== id) : [...(chosen ?? []), id]);

  return (
    <Box>
      {files.length === 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
          {t('unit.noFiles')}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, mb: 1, p: 0 }}>
        {files.map((file) => (
          <Stack component="li" key={file.id} direction="row" spacing={1} sx={{ alignItems: 'center', minHeight: 44 }}>
            {onChoose && (
              <Checkbox
                size="small"
                checked={chosen?.includes(file.id) ?? false}
                onChange={() => toggle(file.id)}
                slotProps={{ input: { 'aria-label': file.name } }}
              />
            )}
            <FileLink file={file} />
            {mayUpload && file.can.includes('delete') && (
              <IconButton
                size="small"
                aria-label={t('form.files.remove', { name: file.name })}
                onClick={() => void remove(file.id)}
              >
                <Delete fontSize="small" />
              </IconButton>
            )}
          </Stack>
        ))}
      </Box>
      {mayUpload && (
        <>
          <Button size="small" variant="outlined" startIcon={<UploadIcon />} onClick={() => input.current?.click()}>
            {t('unit.upload')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            multiple
            accept={ACCEPT}
            onChange={(event) => {
              void send([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </>
      )}
      <UploadState sending={sending} refusal={refusal} failure={failure} onClose={() => setFailure(undefined)} />
    </Box>
  );
}
