import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { Warning } from '../supervision/types.ts';
import { Light } from '../ui/Light.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { Said } from '../ui/Said.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { useFew } from './api.ts';
import { Line } from './Line.tsx';
import { Nothing } from './Nothing.tsx';
import { useChange } from './useChange.ts';

const TONES: Record<Warning['state'], Tone> = {
  noted: 'plain',
  open: 'soon',
  answered: 'calm',
  accepted: 'done',
  returned: 'late',
  lapsed: 'late',
  withdrawn: 'plain',
};

/** Supervision orders and warnings of the unit: what to answer first, with its deadline. */
export function Orders({ cycleId, orgId }: { cycleId: string; orgId: string }) {
  const t = useT();
  const notify = useNotify();
  const [answering, setAnswering] = useState<Warning>();
  const { data, error, isPending, refetch } = useFew<Warning>(`/cycles/${cycleId}/warnings`, { org: orgId });
  const answer = useChange(() => {
    notify(t('unit.answered'), { type: 'success' });
    setAnswering(undefined);
  });
  if (isPending) return <Skeleton variant="rounded" height={180} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const rows = data.items.toSorted((a, b) => Number(b.can.includes('answer')) - Number(a.can.includes('answer')));
  return (
    <Panel title={t('unit.orders')} note={rows.length > 0 && t('common.shown', { total: data.total })} flush>
      {rows.length === 0 && <Nothing title={t('unit.noOrders')} help={t('unit.noOrdersHelp')} />}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {rows.map((order) => (
          <Order key={order.id} order={order} onAnswer={() => setAnswering(order)} />
        ))}
      </Box>
      {answering && (
        <ReasonDialog
          title={t('unit.answer')}
          help={t('unit.answerHelp')}
          label={t('unit.answerLabel')}
          busy={answer.isPending}
          error={answer.error}
          onClose={() => {
            answer.reset();
            setAnswering(undefined);
          }}
          onConfirm={(text) => answer.mutate({ path: `/warnings/${answering.id}/answer`, body: { text } })}
        />
      )}
    </Panel>
  );
}

function Order({ order, onAnswer }: { order: Warning; onAnswer: () => void }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  return (
    <Line
      action={
        order.can.includes('answer')
          ? {
              name: t('unit.answer'),
              what: t('unit.order', { number: order.number }),
              main: true,
              onClick: onAnswer,
            }
          : undefined
      }
    >
      <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        {order.colour && <Light colour={order.colour} word={false} />}
        <b>{[t(`unit.orderKind.${order.kind}`), order.indicator?.name].filter(Boolean).join(' · ')}</b>
        <Tag tone={TONES[order.state]}>{t(`unit.orderState.${order.state}`)}</Tag>
        {order.overdue && <Tag tone="late">{t('unit.overdue')}</Tag>}
        {order.urgent && <Tag tone="late">{t('talk.urgent')}</Tag>}
      </Stack>
      <Typography variant="body2" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
        {text(order.because)}
      </Typography>
      <Typography variant="caption" color="text.secondary" component="div">
        {[
          t('unit.order', { number: order.number }),
          order.period,
          format.day(order.openedAt),
          order.dueAt && t('unit.answerBy', { when: format.dayTime(order.dueAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      {order.answer && <Said name={t('unit.ourAnswer')} words={order.answer} />}
      {order.note && <Said name={t('unit.review')} words={order.note} />}
    </Line>
  );
}
