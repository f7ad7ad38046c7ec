import ChevronLeft from '@mui/icons-material/ChevronLeftOutlined';
import ChevronRight from '@mui/icons-material/ChevronRightOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useCalendar } from '../api/queries.ts';
import type { Calendar } from '../api/types.ts';
import { cityDay, useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { DayDialog } from './DayDialog.tsx';
import { changesOf, daysFrom, withDays } from './draft.ts';
import { EditBar } from './EditBar.tsx';
import { Month } from './Month.tsx';
import { MovesDialog } from './MovesDialog.tsx';
import { runsOf } from './runs.ts';

/** A year at a glance: which days are off, and which weekends are worked. Who may edits it here. */
export default function CalendarPage() {
  const t = useT();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const today = cityDay(new Date());
  const year = Number(params.get('year')) || Number(today.slice(0, 4));
  const { data, error, refetch } = useCalendar(year);
  const can = useCan();
  const [draft, setDraft] = useState<Calendar>();
  const [picked, setPicked] = useState<string>();
  const [reviewing, setReviewing] = useState(false);
  const shown = draft ?? data;
  const turn = (by: number) => setParams({ year: String(year + by) }, { replace: true });
  const special = new Map(shown?.days.map((day) => [day.day, day]));
  const unknown = data !== undefined && data.knownUntil < `${year}-12-31`;
  return (
    <Page
      title={t('calendar.title')}
      under={t('calendar.under')}
      actions={
        <Stack direction="row" spacing={0.5} sx={{ alignItems: 'center' }}>
          {data && !draft && can('calendar.write') && (
            <Button variant="outlined" onClick={() => setDraft(data)} sx={{ mr: 1 }}>
              {t('calendar.edit')}
            </Button>
          )}
          <IconButton aria-label={t('calendar.previous')} disabled={draft !== undefined} onClick={() => turn(-1)}>
            <ChevronLeft />
          </IconButton>
          <Typography variant="h2" component="span" aria-live="polite" sx={{ minWidth: 56, textAlign: 'center' }}>
            {year}
          </Typography>
          <IconButton aria-label={t('calendar.next')} disabled={draft !== undefined} onClick={() => turn(1)}>
            <ChevronRight />
          </IconButton>
        </Stack>
      }
    >
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {unknown && (
        <Alert severity="warning" variant="outlined" sx={{ mb: 2 }}>
          {t('calendar.unknown', { year })}
        </Alert>
      )}
      {draft && data && (
        <EditBar
          knownUntil={draft.knownUntil}
          onKnownUntil={(knownUntil) => setDraft({ ...draft, knownUntil })}
          changes={changesOf(data.days, draft.days)}
          changed={changesOf(data.days, draft.days) > 0 || draft.knownUntil !== data.knownUntil}
          onDiscard={() => setDraft(undefined)}
          onReview={() => setReviewing(true)}
        />
      )}
      {draft && picked && (
        <DayDialog
          day={picked}
          special={special.get(picked)}
          onClose={() => setPicked(undefined)}
          onSet={(until, kind, name) => {
            setDraft({ ...draft, days: withDays(draft.days, daysFrom(picked, until), kind, name) });
            setPicked(undefined);
          }}
        />
      )}
      {draft && reviewing && (
        <MovesDialog
          year={year}
          version={draft.version}
          body={{ days: draft.days, knownUntil: draft.knownUntil }}
          onClose={() => setReviewing(false)}
          onSaved={() => {
            setReviewing(false);
            setDraft(undefined);
          }}
        />
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 4,
          gridTemplateColumns: { xs: '1fr', sm: 'repeat(2, 1fr)', lg: 'repeat(3, 1fr)', xl: 'repeat(4, 1fr)' },
          mb: 4,
        }}
      >
        {Array.from({ length: 12 }, (_, index) => {
          const month = `${year}-${String(index + 1).padStart(2, '0')}`;
          return <Month key={month} month={month} special={special} today={today} onPick={draft && setPicked} />;
        })}
      </Box>
      {shown && shown.days.length > 0 && (
        <Box component="section">
          <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
            {t('calendar.list')}
          </Typography>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {runsOf(shown.days).map((run) => (
              <Typography
                component="li"
                variant="body2"
                key={run.from}
                sx={{ py: 0.5, display: 'flex', gap: 1.5, alignItems: 'baseline' }}
              >
                <Tag tone={run.working ? 'soon' : 'done'}>{t(run.working ? 'calendar.work' : 'calendar.rest')}</Tag>
                <span>
                  {format.plainDay(run.from)}
                  {run.to !== run.from && ` – ${format.plainDay(run.to)}`}
                </span>
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {run.name}
                </Box>
              </Typography>
            ))}
          </Box>
        </Box>
      )}
    </Page>
  );
}
