import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { API } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Cycle } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Decide } from '../ui/Decide.tsx';
import { Facts } from '../ui/Facts.tsx';
import { FileButton } from '../ui/FileButton.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import { Register } from '../ui/Register.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { FindingDialog } from './FindingDialog.tsx';
import { FINDING_STATES, type Finding, SEVERITIES, type Severity, SOURCES } from './types.ts';

export const STATE_TONES: Record<Finding['state'], Tone> = { open: 'soon', rectifying: 'calm', closed: 'done' };
export const SEVERITY_TONES: Record<Severity, Tone> = { minor: 'plain', major: 'soon', critical: 'late' };

/** 问题清单: everything that fell short at a unit in a cycle, wherever it was seen. */
export default function Findings({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const format = useFormat();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Register<Finding>
        cache={['cycles', cycle.id, 'findings']}
        path="/findings"
        query={{ cycleId: cycle.id }}
        sort="-number"
        search={t('found.findingSearch')}
        choices={[
          {
            key: 'state',
            label: t('office.state'),
            options: FINDING_STATES.map((value) => ({ value, name: t(`found.findingState.${value}`) })),
          },
          {
            key: 'source',
            label: t('found.sourceOf'),
            options: SOURCES.map((value) => ({ value, name: t(`found.source.${value}`) })),
          },
          {
            key: 'severity',
            label: t('found.severityOf'),
            options: SEVERITIES.map((value) => ({ value, name: t(`found.severity.${value}`) })),
          },
        ]}
        actions={
          can('findings.write') &&
          cycle.status === 'running' && (
            <Button variant="contained" onClick={() => setAdding(true)}>
              {t('found.addFinding')}
            </Button>
          )
        }
        columns={[
          { key: 'number', label: t('found.code'), sort: true, width: 80, render: (row) => row.code },
          { key: 'org', label: t('office.unit'), render: (row) => row.org.name },
          { key: 'what', label: t('found.what'), render: (row) => row.what },
          { key: 'source', label: t('found.sourceOf'), width: 90, render: (row) => t(`found.source.${row.source}`) },
          {
            key: 'severity',
            label: t('found.severityOf'),
            width: 90,
            render: (row) => <Tag tone={SEVERITY_TONES[row.severity]}>{t(`found.severity.${row.severity}`)}</Tag>,
          },
          {
            key: 'foundAt',
            label: t('found.foundAt'),
            sort: true,
            wide: true,
            width: 120,
            render: (row) => format.day(row.foundAt),
          },
          {
            key: 'state',
            label: t('office.state'),
            width: 90,
            render: (row) => <Tag tone={STATE_TONES[row.state]}>{t(`found.findingState.${row.state}`)}</Tag>,
          },
        ]}
        dialog={(row, close) => <OneFinding cycleId={cycle.id} finding={row} onClose={close} />}
        empty={{ title: t('found.noFindings'), help: t('found.noFindingsHelp') }}
      />
      {adding && (
        <FindingDialog
          cycleId={cycle.id}
          title={t('found.addFinding')}
          path="/findings"
          inCycle
          askUnit
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}

function OneFinding({ cycleId, finding, onClose }: { cycleId: string; finding: Finding; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const notify = useNotify();
  const close = useChange(cycleId, () => notify(t('office.done'), { type: 'success' }));
  return (
    <RecordDialog
      title={`${finding.code} · ${finding.org.name}`}
      tags={
        <>
          <Tag tone={SEVERITY_TONES[finding.severity]}>{t(`found.severity.${finding.severity}`)}</Tag>
          <Tag tone={STATE_TONES[finding.state]}>{t(`found.findingState.${finding.state}`)}</Tag>
        </>
      }
      onClose={onClose}
    >
      <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{finding.what}</Typography>
      <Facts
        items={[
          ...(finding.advice ? [{ name: t('found.advice'), value: finding.advice }] : []),
          { name: t('found.sourceOf'), value: t(`found.source.${finding.source}`) },
          ...(finding.indicator ? [{ name: t('found.indicatorCode'), value: finding.indicator }] : []),
          {
            name: t('found.foundAt'),
            value: `${finding.foundBy.name} · ${format.dayTime(finding.foundAt)}`,
          },
          ...(finding.closedAt
            ? [
                {
                  name: t('found.closedAt'),
                  value: [finding.closedBy?.name, format.dayTime(finding.closedAt), finding.closeReason]
                    .filter(Boolean)
                    .join(' · '),
                },
              ]
            : []),
          ...(finding.files.length > 0
            ? [
                {
                  name: t('found.evidence'),
                  value: finding.files.map((file) => (
                    <div key={file.id}>
                      <Link href={`${API}/findings/${finding.id}/evidence/${file.id}/content`} download={file.name}>
                        {file.name}
                      </Link>{' '}
                      {format.bytes(file.size)}
                    </div>
                  )),
                },
              ]
            : []),
        ]}
      />
      {finding.can.includes('addFile') && (
        <FileButton
          label={t('found.addFile')}
          path={`/findings/${finding.id}/evidence`}
          onSent={() => void queryClient.invalidateQueries({ queryKey: ['cycles', cycleId] })}
        />
      )}
      <Decide
        key={finding.state}
        label={t('office.reason')}
        missing={t('office.reasonMissing')}
        verbs={finding.can.includes('close') ? [{ key: 'close', name: t('found.close'), reason: true }] : []}
        busy={close.isPending}
        error={close.error}
        onDecide={(_, reason) => close.mutate({ path: `/findings/${finding.id}/close`, body: { reason } })}
      />
    </RecordDialog>
  );
}
