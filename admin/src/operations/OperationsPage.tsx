import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { type Operations, useOperations } from './api.ts';
import { useHours } from './useHours.ts';

/** Longer than this something is held up: the sweep alone would have taken it by then. */
const HELD_UP_SECONDS = 60;
const HOUR = 3600;

/** What runs behind the pages: queue, deadlines, mail and who works on them. Looks again by itself. */
export default function OperationsPage() {
  const t = useT();
  const format = useFormat();
  const { data, error, isPending, refetch } = useOperations();
  if (isPending) return <Waiting />;
  return (
    <Page
      title={t('layout.menu.operations')}
      under={data && t('operations.at', { time: format.time(data.at) })}
      width={1080}
    >
      {error && (
        <Box sx={{ mb: 2 }}>
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        </Box>
      )}
      {data && <Stations data={data} />}
    </Page>
  );
}

function Stations({ data }: { data: Operations }) {
  const t = useT();
  const format = useFormat();
  const hours = useHours();
  const ago = (seconds: number | null) => (seconds === null ? '—' : hours(seconds / HOUR));
  const { jobs, timers, mails, incidents, steps, tasks, workers } = data;
  const alive = workers.filter((worker) => worker.alive);
  const heldUp = Math.max(jobs.oldestSeconds ?? 0, timers.latestSeconds ?? 0) > HELD_UP_SECONDS;
  return (
    <Stack spacing={2.5}>
      <Verdict alive={alive.length > 0} heldUp={heldUp} incidents={incidents.open} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { sm: 'repeat(2, minmax(0, 1fr))' } }}>
        <Panel title={t('operations.jobs')}>
          <Facts
            items={[
              { name: t('operations.waiting'), value: String(jobs.waiting) },
              { name: t('operations.running'), value: String(jobs.running) },
              { name: t('operations.later'), value: String(jobs.later) },
              { name: t('operations.failing'), value: count(jobs.failing) },
              { name: t('operations.oldest'), value: ago(jobs.oldestSeconds) },
            ]}
          />
          {jobs.kinds.map(({ task, waiting, failing }) => (
            <Typography key={task} variant="caption" color="text.secondary" component="p" sx={{ m: 0 }}>
              {t('operations.kind', { task, waiting, failing })}
            </Typography>
          ))}
        </Panel>
        <Panel title={t('operations.timers')}>
          <Facts
            items={[
              { name: t('operations.later'), value: String(timers.waiting) },
              { name: t('operations.due'), value: String(timers.due) },
              { name: t('operations.parked'), value: count(timers.parked) },
              { name: t('operations.oldest'), value: ago(timers.latestSeconds) },
              { name: t('operations.next'), value: timers.next ? format.dayTime(timers.next) : '—' },
            ]}
          />
        </Panel>
        <Panel title={t('operations.mails')}>
          <Facts
            items={[
              { name: t('operations.queued'), value: String(mails.queued) },
              { name: t('operations.failed'), value: count(mails.failed) },
              { name: t('operations.oldest'), value: ago(mails.oldestSeconds) },
            ]}
          />
        </Panel>
        <Panel title={t('operations.work')}>
          <Facts
            items={[
              { name: t('operations.stepsHour'), value: String(steps.lastHour) },
              { name: t('operations.stepsDay'), value: String(steps.lastDay) },
              { name: t('operations.open'), value: String(tasks.open) },
              { name: t('operations.overdue'), value: count(tasks.overdue) },
              {
                name: t('layout.menu.incidents'),
                value: (
                  <Link component={RouterLink} to="/incidents">
                    {t('operations.incidents', { open: incidents.open, day: incidents.lastDay })}
                  </Link>
                ),
              },
            ]}
          />
        </Panel>
      </Box>
      <Panel title={t('operations.workers')}>
        {workers.length === 0 ? (
          <Typography color="text.secondary">{t('operations.noWorkers')}</Typography>
        ) : (
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {workers.map(({ node, workers: n, alive: lives }) => (
              <Box component="li" key={node} sx={{ display: 'flex', gap: 1, alignItems: 'baseline', py: 0.5 }}>
                <Tag tone={lives ? 'done' : 'late'}>{t(lives ? 'operations.alive' : 'operations.gone')}</Tag>
                <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                  {node} · {t('operations.pools', { n })}
                </Typography>
              </Box>
            ))}
          </Box>
        )}
      </Panel>
    </Stack>
  );
}

/** What it all amounts to, in one sentence. */
function Verdict({ alive, heldUp, incidents }: { alive: boolean; heldUp: boolean; incidents: number }) {
  const t = useT();
  if (!alive) return <Alert severity="error">{t('operations.verdict.noWorker')}</Alert>;
  if (heldUp) return <Alert severity="warning">{t('operations.verdict.heldUp')}</Alert>;
  if (incidents > 0) return <Alert severity="warning">{t('operations.verdict.incidents', { n: incidents })}</Alert>;
  return <Alert severity="success">{t('operations.verdict.fine')}</Alert>;
}

/** A number that should be nought stands out when it is not. */
const count = (n: number): ReactNode => (n > 0 ? <Tag tone="late">{n}</Tag> : '0');
