import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { Flag } from '../supervision/types.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { Said } from '../ui/Said.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { useFew } from './api.ts';
import { Line } from './Line.tsx';
import { Nothing } from './Nothing.tsx';
import { useChange } from './useChange.ts';

const TONES: Record<Flag['state'], Tone> = {
  open: 'soon',
  explained: 'calm',
  dismissed: 'done',
  confirmed: 'late',
  corrected: 'done',
};

/** Values of the unit that look wrong: why, and what the unit says to it. */
export function Flags({ cycleId, orgId }: { cycleId: string; orgId: string }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const notify = useNotify();
  const [explaining, setExplaining] = useState<Flag>();
  const { data, error, isPending, refetch } = useFew<Flag>(`/cycles/${cycleId}/flags`, { org: orgId });
  const explain = useChange(() => {
    notify(t('unit.flagState.explained'), { type: 'success' });
    setExplaining(undefined);
  });
  if (isPending) return <Skeleton variant="rounded" height={120} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Panel title={t('unit.flags')} flush>
      {data.items.length === 0 && <Nothing title={t('unit.noFlags')} help={t('unit.noFlagsHelp')} />}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data.items.map((flag) => (
          <Line
            key={flag.id}
            action={
              flag.can.includes('explain')
                ? {
                    name: t('unit.explain'),
                    what: `${flag.indicator.name} ${flag.period}`,
                    main: flag.state === 'open',
                    onClick: () => setExplaining(flag),
                  }
                : undefined
            }
          >
            <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
              <b>
                {flag.indicator.name} · {flag.period}
              </b>
              <Tag>{t(`unit.flagKind.${flag.kind}`)}</Tag>
              <Tag tone={TONES[flag.state]}>{t(`unit.flagState.${flag.state}`)}</Tag>
            </Stack>
            <Typography variant="body2" sx={{ mt: 0.5 }}>
              {text(flag.because)}
            </Typography>
            <Typography variant="caption" color="text.secondary">
              {format.dayTime(flag.at)}
            </Typography>
            {flag.explanation && <Said name={t('unit.ourExplanation')} words={flag.explanation} />}
            {flag.note && <Said name={t('unit.review')} words={flag.note} />}
          </Line>
        ))}
      </Box>
      {explaining && (
        <ReasonDialog
          title={t('unit.explain')}
          help={t('unit.explainHelp')}
          label={t('unit.explanation')}
          busy={explain.isPending}
          error={explain.error}
          onClose={() => {
            explain.reset();
            setExplaining(undefined);
          }}
          onConfirm={(words) => explain.mutate({ path: `/flags/${explaining.id}/explain`, body: { text: words } })}
        />
      )}
    </Panel>
  );
}
