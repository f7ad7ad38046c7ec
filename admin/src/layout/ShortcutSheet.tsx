import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import type { MessageKey } from '../i18n/catalogue.ts';
import { useT } from '../i18n/useT.ts';
import { MONO } from '../theme/theme.ts';
import { setShortcuts, useShortcutsOn } from './shortcuts.ts';

const SHORTCUTS: [keys: string[], label: MessageKey][] = [
  [['j', 'k'], 'layout.shortcuts.next'],
  [['Enter'], 'layout.shortcuts.open'],
  [['/'], 'layout.shortcuts.search'],
  [['g', 'i'], 'layout.shortcuts.goInbox'],
  [['g', 'c'], 'layout.shortcuts.goCycles'],
  [['Ctrl', 'Enter'], 'layout.shortcuts.submit'],
  [['?'], 'layout.shortcuts.help'],
];

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const on = useShortcutsOn();
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" fullWidth aria-labelledby="shortcuts-title">
      <DialogTitle id="shortcuts-title">{t('layout.shortcuts.title')}</DialogTitle>
      <DialogContent>
        <Box
          component="dl"
          sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: 1.25, columnGap: 3, m: 0, mb: 2 }}
        >
          {SHORTCUTS.map(([keys, label]) => (
            <Box key={label} sx={{ display: 'contents' }}>
              <Box component="dt" sx={{ display: 'flex', gap: 0.5 }}>
                {keys.map((key) => (
                  <Key key={key}>{key}</Key>
                ))}
              </Box>
              <Box component="dd" sx={{ m: 0, color: 'text.secondary' }}>
                {t(label)}
              </Box>
            </Box>
          ))}
        </Box>
        <FormControlLabel
          control={<Switch checked={on} onChange={(_, checked) => setShortcuts(checked)} />}
          label={t('layout.shortcuts.enabled')}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Key({ children }: { children: string }) {
  return (
    <Box
      component="kbd"
      sx={(theme) => ({
        fontFamily: MONO,
        fontSize: '0.8125rem',
        px: 0.75,
        minWidth: 24,
        textAlign: 'center',
        borderRadius: 0.75,
        border: `1px solid ${theme.tones.line}`,
        backgroundColor: theme.tones.faint,
      })}
    >
      {children}
    </Box>
  );
}
