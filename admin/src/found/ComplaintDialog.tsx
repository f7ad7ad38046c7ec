import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useGet } from '../api/queries.ts';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Decide, type Verb } from '../ui/Decide.tsx';
import { Facts } from '../ui/Facts.tsx';
import { History } from '../ui/History.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import { Said } from '../ui/Said.tsx';
import { Tag } from '../ui/Tag.tsx';
import { type Unit, UnitField } from '../ui/UnitField.tsx';
import { COMPLAINT_TONES } from './Complaints.tsx';
import { TraceView } from './TraceView.tsx';
import type { Complaint, Trace } from './types.ts';

interface Props {
  cycleId: string;
  complaint: Complaint;
  mayFind: boolean;
  onFind: () => void;
  onClose: () => void;
}

type Way = 'correct' | 'assign' | 'solve' | 'raise';

/** One complaint: whom it was put down to and why, what it did to an indicator and the score, and what is done about it. */
export function ComplaintDialog({ cycleId, complaint, mayFind, onFind, onClose }: Props) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const notify = useNotify();
  const [unit, setUnit] = useState<Unit | null>(complaint.org ?? null);
  const [unitMissing, setUnitMissing] = useState(false);
  const [code, setCode] = useState(complaint.indicator ?? '');
  const { data: trace, error } = useGet<Trace>(
    ['cycles', cycleId, 'complaints', 'trace', complaint.id],
    `/complaints/${complaint.id}/trace`,
  );
  const change = useChange(cycleId, () => notify(t('office.done'), { type: 'success' }));
  const open = complaint.state !== 'solved';
  const codeWrong = change.error
    ? problemOf(change.error).errors.find(({ path }) => path === 'indicator')?.message
    : undefined;
  const verbs: Verb<Way>[] = open
    ? [
        ...(complaint.can.includes('raise') ? [{ key: 'raise', name: t('found.raise'), reason: true } as const] : []),
        ...(complaint.can.includes('correct')
          ? [{ key: 'correct', name: t('found.correct'), reason: true } as const]
          : []),
        ...(complaint.can.includes('assign')
          ? [{ key: 'assign', name: t('found.assign'), reason: true } as const]
          : []),
        ...(complaint.can.includes('solve') && complaint.org
          ? [{ key: 'solve', name: t('found.solve'), reason: true, tone: 'good' } as const]
          : []),
      ]
    : [];
  const decide = (way: Way, words: string) => {
    setUnitMissing(way === 'assign' && unit === null);
    if (way === 'assign' && unit === null) return;
    const bodies: Record<Way, object> = {
      assign: { orgId: unit?.id, reason: words },
      correct: { ...(unit && { orgId: unit.id }), indicator: code.trim() || null, reason: words },
      solve: { answer: words },
      raise: { reason: words },
    };
    change.mutate({ path: `/complaints/${complaint.id}/${way}`, body: bodies[way] });
  };
  return (
    <RecordDialog
      wide
      title={`${complaint.channel} ${complaint.reference}`}
      tags={
        <>
          <Tag tone={COMPLAINT_TONES[complaint.state]}>{t(`found.complaintState.${complaint.state}`)}</Tag>
          <Tag>{t(`found.level.${complaint.level}`)}</Tag>
          {complaint.overdue && <Tag tone="late">{t('office.overdue')}</Tag>}
          {complaint.fixed && <Tag tone="soon">{t('found.fixed')}</Tag>}
        </>
      }
      actions={
        mayFind && (
          <Button variant="outlined" onClick={onFind}>
            {t('found.makeFinding')}
          </Button>
        )
      }
      onClose={onClose}
    >
      <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{complaint.text}</Typography>
      <Facts
        items={[
          { name: t('office.unit'), value: complaint.org?.name ?? t('found.noUnit') },
          ...(complaint.indicator ? [{ name: t('found.indicatorCode'), value: complaint.indicator }] : []),
          ...(complaint.category ? [{ name: t('found.category'), value: complaint.category }] : []),
          ...(complaint.place ? [{ name: t('found.place'), value: complaint.place }] : []),
          { name: t('found.receivedAt'), value: format.dayTime(complaint.receivedAt) },
          { name: t('office.due'), value: format.dayTime(complaint.dueAt) },
        ]}
      />
      {complaint.answer && <Said name={t('found.answer')} words={complaint.answer} />}
      {error ? <ProblemAlert error={error} /> : null}
      {!trace && !error && <Skeleton variant="rounded" height={120} aria-busy />}
      {trace && <TraceView trace={trace} />}
      {trace && (
        <History
          title={t('office.history')}
          items={trace.changes.map((one) => ({
            at: one.at,
            what: t(`found.change.${one.kind}`),
            by: one.by?.name,
            text: [one.rule, one.indicator, one.org?.name, one.note].filter(Boolean).join(' · ') || undefined,
          }))}
        />
      )}
      <Decide
        key={`${complaint.state} ${complaint.level} ${complaint.indicator}`}
        label={t('found.words')}
        missing={t('office.reasonMissing')}
        verbs={verbs}
        busy={change.isPending}
        error={change.error}
        onDecide={decide}
      >
        {complaint.can.includes('assign') && open && (
          <UnitField
            label={t('found.assignTo')}
            value={unit}
            error={unitMissing ? t('found.unitMissing') : undefined}
            onChange={setUnit}
          />
        )}
        {complaint.can.includes('correct') && open && (
          <TextField
            label={t('found.indicatorCode')}
            value={code}
            error={codeWrong !== undefined}
            helperText={codeWrong && text(codeWrong)}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Decide>
    </RecordDialog>
  );
}
