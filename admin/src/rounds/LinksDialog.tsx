import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { save } from '../chart/save.ts';
import { toCsv } from '../chart/table.ts';
import { useChange } from '../cycles/useChange.ts';
import { useT, useText } from '../i18n/useT.ts';
import { MONO } from '../theme/theme.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import type { Round } from './types.ts';

const MOST = 10_000;

/** Whom links are for. */
interface Place {
  group: string;
  layer?: string;
  name: string;
}

/** One-time links for a group of the public. They are shown here and never again: what is kept of them leads nobody back. */
export function LinksDialog({ cycleId, round, onClose }: { cycleId: string; round: Round; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const places = round.surveys.flatMap(({ group, name, layers }): Place[] =>
    layers.length === 0
      ? [{ group, name: text(name) }]
      : layers.map((layer) => ({ group, layer: layer.key, name: `${text(name)} · ${text(layer.name)}` })),
  );
  const [at, setAt] = useState(0);
  const [count, setCount] = useState('100');
  const [links, setLinks] = useState<string[]>();
  const issue = useChange<{ links: string[] }>(cycleId, (made) =>
    setLinks(made.links.map((link) => (link.startsWith('/') ? location.origin + link : link))),
  );
  const wrong = !(/^\d{1,5}$/.test(count) && Number(count) >= 1 && Number(count) <= MOST);
  const place = places[at];
  const copy = () =>
    navigator.clipboard
      .writeText((links ?? []).join('\n'))
      .then(() => notify(t('rounds.copied'), { type: 'success' }))
      .catch(() => notify(t('rounds.copyFailed'), { type: 'warning' }));
  return (
    <Dialog open onClose={links ? undefined : onClose} fullWidth maxWidth="sm" aria-labelledby="links-title">
      <DialogTitle id="links-title">{t('rounds.issue')}</DialogTitle>
      <DialogContent>
        {links ? (
          <Stack spacing={2}>
            <Alert severity="warning" variant="outlined">
              {t('rounds.once', { smart_count: links.length })}
            </Alert>
            <TextField
              fullWidth
              multiline
              minRows={4}
              maxRows={10}
              label={t('rounds.links')}
              value={links.join('\n')}
              slotProps={{ htmlInput: { readOnly: true, style: { fontFamily: MONO, fontSize: '0.8125rem' } } }}
              sx={{ mt: 1 }}
            />
          </Stack>
        ) : (
          <Stack spacing={2} sx={{ pt: 1 }}>
            {issue.error ? <ProblemAlert error={issue.error} /> : null}
            <TextField
              select
              label={t('rounds.group')}
              value={at}
              onChange={(event) => setAt(Number(event.target.value))}
              slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
            >
              {places.map((one, index) => (
                <option key={one.name} value={index}>
                  {one.name}
                </option>
              ))}
            </TextField>
            <TextField
              label={t('rounds.count')}
              value={count}
              error={wrong}
              helperText={wrong ? t('rounds.countBad', { most: MOST }) : t('rounds.issueHelp')}
              onChange={(event) => setCount(event.target.value.trim())}
              slotProps={{ htmlInput: { inputMode: 'numeric' } }}
            />
          </Stack>
        )}
      </DialogContent>
      <DialogActions>
        {links ? (
          <>
            <Button onClick={() => void copy()}>{t('common.copy')}</Button>
            <Button
              onClick={() =>
                save(
                  `${place?.name ?? ''}.csv`,
                  'text/csv;charset=utf-8',
                  toCsv({ columns: [t('rounds.links')], rows: links.map((link) => [link]) }),
                )
              }
            >
              {t('chart.csv')}
            </Button>
            <Button variant="contained" onClick={onClose}>
              {t('rounds.taken')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button
              variant="contained"
              disabled={wrong || issue.isPending || !place}
              onClick={() =>
                place &&
                issue.mutate({
                  path: `/ballot-rounds/${round.id}/links`,
                  body: { group: place.group, count: Number(count), ...(place.layer && { layer: place.layer }) },
                })
              }
            >
              {t('rounds.make')}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}
