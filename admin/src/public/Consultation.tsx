import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import type { PublicUnit } from './types.ts';

/** The longest opinion that the server takes. */
const MOST = 1000;

interface Props {
  cycleId: string;
  org: string;
  consultation: NonNullable<PublicUnit['consultation']>;
}

/** What the public says of a draft plan, and what the unit made of it. */
export function Consultation({ cycleId, org, consultation }: Props) {
  const t = useT();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () => call(`/public/cycles/${cycleId}/opinions`, { method: 'POST', body: { org, text: text.trim() } }),
    onSuccess: () => setText(''),
  });
  return (
    <Stack spacing={1.5} sx={{ borderTop: '1px solid', borderColor: 'divider', pt: 1.5 }}>
      <Typography variant="h3">{t('public.tabs.consultation')}</Typography>
      {consultation.open ? (
        <>
          <TextField
            multiline
            minRows={3}
            label={t('public.say')}
            helperText={t('public.sayHelp')}
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              send.reset();
            }}
            slotProps={{ htmlInput: { maxLength: MOST } }}
          />
          {send.error ? <ProblemAlert error={send.error} /> : null}
          {send.isSuccess && <Alert severity="success">{t('public.sent')}</Alert>}
          <Box>
            <Button variant="contained" disabled={send.isPending || text.trim() === ''} onClick={() => send.mutate()}>
              {t('public.send')}
            </Button>
          </Box>
        </>
      ) : (
        <Typography variant="body2" color="text.secondary">
          {t('public.consultClosed')}
        </Typography>
      )}
      {consultation.opinions.map(({ opinion, answer }) => (
        <Box key={opinion + answer}>
          <Typography variant="body2" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
            {opinion}
          </Typography>
          <Typography variant="body2" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {t('public.answer')}：{answer}
          </Typography>
        </Box>
      ))}
    </Stack>
  );
}
