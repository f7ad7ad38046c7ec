import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { API } from '../api/http.ts';
import type { Evidence } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { previewOf } from './fileRules.ts';

/** More of a text is not shown here. */
const LONGEST = 100_000;

/** A file looked at without saving it: a picture, text as text, or a PDF in the browser's own viewer. */
export default function FilePreview({ file, onClose }: { file: Evidence; onClose: () => void }) {
  const t = useT();
  const phone = useMediaQuery('(max-width: 700px)');
  const address = `${API}/evidence/${file.id}/content`;
  const how = previewOf(file);
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      fullScreen={phone}
      maxWidth={how === 'pdf' ? 'lg' : 'md'}
      aria-labelledby="preview-title"
    >
      <DialogTitle id="preview-title" sx={{ overflowWrap: 'anywhere' }}>
        {file.name}
      </DialogTitle>
      <DialogContent>
        {how === 'picture' && <Picture address={address} name={file.name} />}
        {how === 'words' && <Words address={address} />}
        {how === 'pdf' && <Pages address={address} name={file.name} />}
      </DialogContent>
      <DialogActions>
        <Button href={address} download={file.name}>
          {t('form.files.open', { name: file.name })}
        </Button>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

const useContent = <T,>(address: string, read: (answer: Response) => Promise<T>) =>
  useQuery({
    queryKey: ['evidence', address],
    queryFn: async ({ signal }) => {
      const answer = await fetch(address, { credentials: 'same-origin', signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return read(answer);
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** An address within this page for content that was fetched. */
function useLocal(data: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url;
}

function Picture({ address, name }: { address: string; name: string }) {
  const { data, isError } = useContent(address, (answer) => answer.blob());
  const url = useLocal(data);
  if (isError) return <Failed />;
  if (!url) return <Skeleton variant="rounded" height={240} />;
  return <Box component="img" src={url} alt={name} sx={{ maxWidth: '100%', display: 'block', mx: 'auto' }} />;
}

/** The type is said here, not taken from the answer: nothing but a PDF is ever shown in a frame. */
function Pages({ address, name }: { address: string; name: string }) {
  const { data, isError } = useContent(
    address,
    async (answer) => new Blob([await answer.arrayBuffer()], { type: 'application/pdf' }),
  );
  const url = useLocal(data);
  if (isError) return <Failed />;
  if (!url) return <Skeleton variant="rounded" height={240} />;
  return (
    <Box component="iframe" src={url} title={name} sx={{ display: 'block', width: 1, height: '75vh', border: 0 }} />
  );
}

function Words({ address }: { address: string }) {
  const { data, isError } = useContent(address, async (answer) => decoded(await answer.arrayBuffer()));
  if (isError) return <Failed />;
  if (data === undefined) return <Skeleton variant="rounded" height={240} />;
  return (
    <Box component="pre" tabIndex={0} sx={{ m: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', font: 'inherit' }}>
      {data.slice(0, LONGEST)}
    </Box>
  );
}

/** UTF-8, or else the national standard that older programs write. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function Failed() {
  const t = useT();
  return (
    <Typography role="alert" color="error">
      {t('form.files.unseen')}
    </Typography>
  );
}
