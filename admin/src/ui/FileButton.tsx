import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Evidence } from '../api/types.ts';
import { uploadTo } from '../api/upload.ts';
import { ACCEPT, flawOf, MAX_BYTES } from '../form/fileRules.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from './ProblemAlert.tsx';

interface Props {
  label: string;
  /** Where the file is sent. */
  path: string;
  disabled?: boolean;
  onSent: (file: Evidence) => void;
}

/** Chooses a file and sends it at once; one that is too large or of the wrong kind is refused before. */
export function FileButton({ label, path, disabled = false, onSent }: Props) {
  const t = useT();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [flaw, setFlaw] = useState<string>();
  const [share, setShare] = useState(0);
  const upload = useMutation({
    mutationFn: (file: File) => uploadTo(path, { field: 'file' }, file, setShare),
    onSuccess: onSent,
  });
  const choose = (file: File | undefined) => {
    if (!file) return;
    const wrong = flawOf(file);
    const params = { name: file.name, size: format.bytes(file.size), max: format.bytes(MAX_BYTES) };
    setFlaw(wrong && t(`form.files.${wrong}`, params));
    if (!wrong) upload.mutate(file);
  };
  return (
    <Box>
      {upload.error ? <ProblemAlert error={upload.error} /> : null}
      {flaw && (
        <Typography variant="body2" color="error" role="alert">
          {flaw}
        </Typography>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPT}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button
        size="small"
        startIcon={<UploadIcon />}
        disabled={disabled || upload.isPending}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      {upload.isPending && <LinearProgress variant="determinate" value={share * 100} aria-label={label} />}
    </Box>
  );
}
