import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useT } from '../i18n/useT.ts';

/** Recovery codes in a dialog, for the only time they are shown, until they are kept. */
export function Codes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useT();
  const notify = useNotify();
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    notify(t('account.given.copied'), { type: 'success' });
  };
  return (
    <>
      <DialogContent>
        <Typography variant="body2" sx={{ mb: 2 }}>
          {t('account.factor.codesHelp')}
        </Typography>
        <Box
          component="ol"
          sx={(theme) => ({
            m: 0,
            p: 2,
            pl: 5,
            borderRadius: 1,
            backgroundColor: theme.tones.sunken,
            fontFamily: 'monospace',
            columns: { sm: 2 },
            lineHeight: 1.9,
          })}
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </Box>
        <Button size="small" onClick={() => void copy()} sx={{ mt: 1 }}>
          {t('account.factor.copy')}
        </Button>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onKept}>
          {t('account.factor.kept')}
        </Button>
      </DialogActions>
    </>
  );
}
