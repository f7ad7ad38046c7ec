import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import type { MessageKey } from '../i18n/catalogue.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { MONO } from '../theme/theme.ts';
import { menuFor } from './menu.ts';
import { setShortcuts, useShortcutsOn } from './shortcuts.ts';

type Row = [keys: string[], label: MessageKey];

const EVERYWHERE: Row[] = [
  [['Ctrl', 'K'], 'keys.sheet.palette'],
  [['/'], 'keys.sheet.search'],
  [['?'], 'keys.sheet.help'],
];
const LISTS: Row[] = [
  [['j', 'k'], 'keys.sheet.next'],
  [['Enter'], 'keys.sheet.open'],
  [['x'], 'keys.sheet.tick'],
  [['a'], 'keys.sheet.batch'],
];
const TASK: Row[] = [
  [['a'], 'keys.sheet.approve'],
  [['r'], 'keys.sheet.return'],
  [['Ctrl', 'Enter'], 'keys.sheet.submit'],
];

/** Every shortcut of the console, and the switch for those of a single key. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useT();
  const on = useShortcutsOn();
  const go = menuFor(useCan())
    .flatMap(({ items }) => items)
    .flatMap(({ letter, label }): Row[] => (letter ? [[['g', letter], label]] : []));
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="shortcuts-title">
      <DialogTitle id="shortcuts-title">{t('keys.sheet.title')}</DialogTitle>
      <DialogContent>
        <Box sx={{ columns: { sm: 2 }, columnGap: 4, mb: 1 }}>
          <Keys title={t('keys.sheet.everywhere')} rows={EVERYWHERE} />
          <Keys title={t('keys.sheet.lists')} rows={LISTS} />
          <Keys title={t('keys.sheet.task')} rows={TASK} />
          <Keys title={t('keys.sheet.goTo')} rows={go} />
        </Box>
        <FormControlLabel
          control={<Switch checked={on} onChange={(_, checked) => setShortcuts(checked)} />}
          label={t('keys.sheet.enabled')}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Keys({ title, rows }: { title: string; rows: Row[] }) {
  const t = useT();
  return (
    <Box sx={{ breakInside: 'avoid', pb: 2 }}>
      <Typography variant="overline" color="text.secondary" component="h3" sx={{ m: 0 }}>
        {title}
      </Typography>
      <Box
        component="dl"
        sx={{ display: 'grid', gridTemplateColumns: '92px 1fr', rowGap: 0.75, m: 0, alignItems: 'baseline' }}
      >
        {rows.map(([keys, label]) => (
          <Box key={label} sx={{ display: 'contents' }}>
            <Box component="dt" sx={{ display: 'flex', gap: 0.5 }}>
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </Box>
            <Box component="dd" sx={{ m: 0, color: 'text.secondary', fontSize: '0.875rem' }}>
              {t(label)}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
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
