import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import type { Cycle } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Decide, type Verb } from '../ui/Decide.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import { Register } from '../ui/Register.tsx';
import { Said } from '../ui/Said.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { AuditDialog } from './AuditDialog.tsx';
import { FLAG_KINDS, FLAG_STATES, type Flag } from './types.ts';

const TONES: Record<Flag['state'], Tone> = {
  open: 'soon',
  explained: 'calm',
  dismissed: 'done',
  confirmed: 'late',
  corrected: 'done',
};

/** 异常值: why each is suspicious, what the unit says, and whether it is sound after all. */
export default function Flags({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const can = useCan();
  const [auditing, setAuditing] = useState(false);
  return (
    <>
      <Register<Flag>
        cache={['cycles', cycle.id, 'flags']}
        path={`/cycles/${cycle.id}/flags`}
        sort="-at"
        search={t('supervision.search')}
        choices={[
          {
            key: 'state',
            label: t('office.state'),
            options: FLAG_STATES.map((value) => ({ value, name: t(`supervision.flagState.${value}`) })),
          },
          {
            key: 'kind',
            label: t('office.kind'),
            options: FLAG_KINDS.map((value) => ({ value, name: t(`supervision.flagKind.${value}`) })),
          },
        ]}
        actions={
          can('cases.control') &&
          cycle.status === 'running' && (
            <Button variant="outlined" onClick={() => setAuditing(true)}>
              {t('supervision.audit')}
            </Button>
          )
        }
        columns={[
          {
            key: 'indicator',
            label: t('office.indicator'),
            render: (row) => `${row.indicator.name} · ${row.period}`,
          },
          { key: 'org', label: t('office.unit'), render: (row) => row.org.name },
          { key: 'kind', label: t('office.kind'), wide: true, render: (row) => t(`supervision.flagKind.${row.kind}`) },
          { key: 'because', label: t('supervision.because'), render: (row) => text(row.because) },
          { key: 'at', label: t('supervision.found'), sort: true, wide: true, render: (row) => format.day(row.at) },
          {
            key: 'state',
            label: t('office.state'),
            render: (row) => <Tag tone={TONES[row.state]}>{t(`supervision.flagState.${row.state}`)}</Tag>,
          },
        ]}
        dialog={(row, close) => <FlagDialog cycleId={cycle.id} flag={row} onClose={close} />}
        empty={{ title: t('supervision.noFlags'), help: t('supervision.noFlagsHelp') }}
      />
      {auditing && <AuditDialog cycleId={cycle.id} onClose={() => setAuditing(false)} />}
    </>
  );
}

function FlagDialog({ cycleId, flag, onClose }: { cycleId: string; flag: Flag; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const notify = useNotify();
  const decide = useChange(cycleId, () => notify(t('office.done'), { type: 'success' }));
  const verbs: Verb<'confirmed' | 'dismissed'>[] = flag.can.includes('decide')
    ? [
        { key: 'confirmed', name: t('supervision.confirm'), reason: true, tone: 'bad' },
        { key: 'dismissed', name: t('supervision.dismiss'), reason: true, tone: 'good' },
      ]
    : [];
  return (
    <RecordDialog
      title={`${flag.indicator.name} · ${flag.period}`}
      tags={
        <>
          <Tag>{t(`supervision.flagKind.${flag.kind}`)}</Tag>
          <Tag tone={TONES[flag.state]}>{t(`supervision.flagState.${flag.state}`)}</Tag>
        </>
      }
      onClose={onClose}
    >
      <Typography>{text(flag.because)}</Typography>
      <Facts
        items={[
          { name: t('office.unit'), value: flag.org.name },
          { name: t('supervision.found'), value: format.dayTime(flag.at) },
        ]}
      />
      {flag.explanation && <Said name={t('supervision.explanation')} words={flag.explanation} />}
      {flag.note && <Said name={t('supervision.verdict')} words={flag.note} />}
      <Decide
        key={flag.state}
        label={t('supervision.verdict')}
        missing={t('office.reasonMissing')}
        verbs={verbs}
        busy={decide.isPending}
        error={decide.error}
        onDecide={(verdict, note) => decide.mutate({ path: `/flags/${flag.id}/decide`, body: { verdict, note } })}
      />
    </RecordDialog>
  );
}
