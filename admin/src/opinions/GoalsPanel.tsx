import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useGet } from '../api/queries.ts';
import type { Cycle } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { IssueDialog } from './IssueDialog.tsx';
import type { Goal, Goals } from './types.ts';

const TONES: Record<Goal['state'], Tone> = { draft: 'soon', confirmed: 'calm', issued: 'done' };

/** 改进目标: what opinions were merged into, confirmed, and issued to their units as findings. */
export function GoalsPanel({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const format = useFormat();
  const notify = useNotify();
  const [issuing, setIssuing] = useState<Goal>();
  const [all, setAll] = useState(false);
  const { data, error, isPending, refetch } = useGet<Goals>(['cycles', cycle.id, 'goals'], '/improvement-goals', {
    query: { cycleId: cycle.id },
  });
  const confirm = useChange(cycle.id, () => notify(t('office.done'), { type: 'success' }));
  if (isPending) return <Skeleton variant="rounded" height={120} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const { opinions, praise, unsorted } = data;
  const open = data.items.filter(({ state }) => state !== 'issued');
  const issued = data.items.length - open.length;
  return (
    <Panel title={t('opinions.goals')} note={t('opinions.counts', { opinions, praise, unsorted })}>
      {confirm.error ? <ProblemAlert error={confirm.error} /> : null}
      {data.items.length === 0 && <Typography color="text.secondary">{t('opinions.noGoals')}</Typography>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2 }}>
        {(all ? data.items : open).map((goal) => (
          <Stack component="li" key={goal.id} direction="row" useFlexGap sx={{ gap: 2, flexWrap: 'wrap' }}>
            <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
              <Stack direction="row" useFlexGap sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
                <b>
                  {goal.number}. {goal.title}
                </b>
                <Tag tone={TONES[goal.state]}>{t(`opinions.goalState.${goal.state}`)}</Tag>
              </Stack>
              <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                {goal.what}
              </Typography>
              <Typography variant="caption" color="text.secondary">
                {t('opinions.from', { smart_count: goal.opinions })} · {format.list(goal.units.map(({ name }) => name))}
              </Typography>
            </Box>
            {goal.state === 'draft' && (
              <Button
                variant="outlined"
                disabled={confirm.isPending}
                aria-label={`${t('opinions.confirm')} ${goal.title}`}
                onClick={() => confirm.mutate({ path: `/improvement-goals/${goal.id}/confirm`, body: {} })}
                sx={{ alignSelf: 'center' }}
              >
                {t('opinions.confirm')}
              </Button>
            )}
            {goal.state === 'confirmed' && (
              <Button
                variant="contained"
                aria-label={`${t('opinions.issue')} ${goal.title}`}
                onClick={() => setIssuing(goal)}
                sx={{ alignSelf: 'center' }}
              >
                {t('opinions.issue')}
              </Button>
            )}
          </Stack>
        ))}
      </Box>
      {issued > 0 && (
        <Button size="small" aria-expanded={all} onClick={() => setAll(!all)} sx={{ mt: open.length > 0 ? 1 : 0 }}>
          {t(all ? 'opinions.hideIssued' : 'opinions.showIssued', { smart_count: issued })}
        </Button>
      )}
      {issuing && <IssueDialog cycleId={cycle.id} goal={issuing} onClose={() => setIssuing(undefined)} />}
    </Panel>
  );
}
