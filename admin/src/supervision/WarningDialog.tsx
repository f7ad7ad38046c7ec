import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useGet } from '../api/queries.ts';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Decide, type Verb } from '../ui/Decide.tsx';
import { Facts } from '../ui/Facts.tsx';
import { History } from '../ui/History.tsx';
import { Light } from '../ui/Light.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import { Said } from '../ui/Said.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { WarningDetail } from './types.ts';
import { TONES } from './Warnings.tsx';

type Way = 'accept' | 'return' | 'withdraw';

/** One warning or order: what it is about, what the unit answered, and the office’s verdict on that. */
export function WarningDialog({ cycleId, id, onClose }: { cycleId: string; id: string; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const notify = useNotify();
  const { data, error } = useGet<WarningDetail>(['cycles', cycleId, 'warnings', 'one', id], `/warnings/${id}`);
  const change = useChange(cycleId, () => notify(t('office.done'), { type: 'success' }));
  if (!data)
    return (
      <RecordDialog title={t('supervision.warning')} onClose={onClose}>
        {error ? <ProblemAlert error={error} /> : <Skeleton variant="rounded" height={200} aria-busy />}
      </RecordDialog>
    );
  const decide = (way: Way, reason: string) =>
    way === 'withdraw'
      ? change.mutate({ path: `/warnings/${id}/withdraw`, body: { reason } })
      : change.mutate({ path: `/warnings/${id}/review`, body: { verdict: way, ...(reason && { note: reason }) } });
  const verbs: Verb<Way>[] = [
    ...(data.can.includes('withdraw')
      ? [{ key: 'withdraw', name: t('supervision.withdraw'), reason: true, tone: 'bad' } as const]
      : []),
    ...(data.can.includes('review')
      ? ([
          { key: 'return', name: t('supervision.return'), reason: true },
          { key: 'accept', name: t('supervision.accept'), tone: 'good' },
        ] as const)
      : []),
  ];
  return (
    <RecordDialog
      title={`${t(`supervision.warningKind.${data.kind}`)} ${t('supervision.no', { number: data.number })} · ${data.org.name}`}
      tags={
        <>
          {data.colour && <Light colour={data.colour} />}
          <Tag tone={TONES[data.state]}>{t(`supervision.warningState.${data.state}`)}</Tag>
          {data.overdue && <Tag tone="late">{t('office.overdue')}</Tag>}
          {data.urgent && <Tag tone="late">{t('supervision.urgent')}</Tag>}
        </>
      }
      onClose={onClose}
    >
      <Typography>{text(data.because)}</Typography>
      <Facts
        items={[
          ...(data.indicator
            ? [{ name: t('office.indicator'), value: [data.indicator.name, data.period].filter(Boolean).join(' · ') }]
            : []),
          { name: t('supervision.sourceOf'), value: t(`supervision.source.${data.source}`) },
          { name: t('supervision.openedAt'), value: format.dayTime(data.openedAt) },
          { name: t('office.due'), value: data.dueAt ? format.dayTime(data.dueAt) : t('supervision.noAnswerWanted') },
          ...(data.reviewDueAt ? [{ name: t('supervision.reviewDue'), value: format.dayTime(data.reviewDueAt) }] : []),
        ]}
      />
      {data.answer && <Said name={t('supervision.answer')} words={data.answer} />}
      <History
        title={t('office.history')}
        items={data.changes.map((one) => ({
          at: one.at,
          what: t(`supervision.change.${one.what}`),
          by: one.by?.name,
          text: one.what === 'answered' ? undefined : one.text,
        }))}
      />
      <Decide
        key={data.state}
        label={t('office.opinion')}
        missing={t('office.reasonMissing')}
        verbs={verbs}
        busy={change.isPending}
        error={change.error}
        onDecide={decide}
      />
    </RecordDialog>
  );
}
