import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { DateInput } from '../form/DateInput.tsx';
import { isDay } from '../form/plainDate.ts';
import { useT } from '../i18n/useT.ts';

interface Props {
  knownUntil: string;
  onKnownUntil: (day: string) => void;
  changes: number;
  changed: boolean;
  onDiscard: () => void;
  onReview: () => void;
}

/** What has been edited so far, and how it ends. Stays in sight while one looks for days. */
export function EditBar({ knownUntil, onKnownUntil, changes, changed, onDiscard, onReview }: Props) {
  const t = useT();
  const ready = changed && isDay(knownUntil);
  return (
    <Paper variant="outlined" sx={{ p: 2, mb: 3, position: 'sticky', top: { xs: 64, md: 16 }, zIndex: 2 }}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
        {t('calendar.editing')}
      </Typography>
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2} sx={{ alignItems: { sm: 'center' } }}>
        <DateInput
          id="known-until"
          label={t('calendar.knownUntil')}
          value={knownUntil}
          error={!isDay(knownUntil)}
          onChange={onKnownUntil}
        />
        <Typography sx={{ flexGrow: 1 }} aria-live="polite">
          {t('calendar.changes', { n: changes })}
        </Typography>
        <Stack direction="row" spacing={1}>
          <Button onClick={onDiscard}>{t('calendar.discard')}</Button>
          <Button variant="contained" disabled={!ready} onClick={onReview}>
            {t('calendar.review')}
          </Button>
        </Stack>
      </Stack>
    </Paper>
  );
}
