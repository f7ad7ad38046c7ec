import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useForecast } from '../api/queries.ts';
import type { Case, ForecastStep } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** Who will act next, in which step and by when, to the end of the case. */
export function NextSteps({ item, shown: most = 8 }: { item: Pick<Case, 'id' | 'status'>; shown?: number }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const running = item.status === 'active' || item.status === 'suspended';
  const { data, error, refetch } = useForecast(item.id, running);
  if (!running) return null;
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={120} />;
  // What happens by itself on the way asks nobody for anything.
  const steps = data.steps.filter((step) => !step.auto);
  const shown = all ? steps : steps.slice(0, most);
  return (
    <Panel
      title={t('cases.next')}
      note={data.end && t(data.end.earliest ? 'cases.endsEarliest' : 'cases.ends', { day: format.day(data.end.at) })}
      flush
    >
      <Box component="ol" sx={list}>
        {shown.map((step) => (
          <Step key={[step.block, step.item, step.from].join()} step={step} />
        ))}
      </Box>
      {steps.length > shown.length && (
        <Button size="small" onClick={() => setAll(true)} sx={{ mx: 2, my: 1 }}>
          {t('cases.nextAll', { count: steps.length })}
        </Button>
      )}
      <Typography variant="caption" color="text.secondary" component="p" sx={{ px: 2.5, py: 1.25 }}>
        {text(data.assumes)}
      </Typography>
    </Panel>
  );
}

function Step({ step }: { step: ForecastStep }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const who =
    step.people.length > 0 ? format.list(step.people.map(({ name }) => name)) : step.rule ? text(step.rule) : '';
  const notes = [
    ...(step.per === 'cycle' ? [t('cases.wholeCycle')] : []),
    ...step.on.map((path) => t('cases.onPath', { path: text(path) })),
    ...(step.provisional ? [t('cases.provisional')] : []),
  ];
  const day = step.dueAt && format.day(step.dueAt);
  return (
    <li>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
        <Typography variant="body2" sx={{ flex: 1, minWidth: 0, fontWeight: step.state === 'current' ? 600 : 400 }}>
          {text(step.name)}
          {step.item !== undefined && format.paren(step.item)}
        </Typography>
        <Typography variant="body2" color="text.secondary" sx={{ whiteSpace: 'nowrap' }}>
          {day === undefined ? t('cases.undated') : step.earliest ? t('cases.earliest', { day }) : day}
        </Typography>
      </Box>
      {(who || notes.length > 0) && (
        <Typography variant="caption" color="text.secondary" component="p" sx={{ overflowWrap: 'anywhere' }}>
          {[who, ...notes].filter(Boolean).join(' · ')}
        </Typography>
      )}
    </li>
  );
}

const list = {
  listStyle: 'none',
  m: 0,
  p: 0,
  '& li': { borderTop: '1px solid', borderColor: 'divider', px: 2.5, py: 1 },
} as const;
