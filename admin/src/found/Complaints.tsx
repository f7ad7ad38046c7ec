import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Register } from '../ui/Register.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { ComplaintCounts } from './ComplaintCounts.tsx';
import { ComplaintDialog } from './ComplaintDialog.tsx';
import { FindingDialog } from './FindingDialog.tsx';
import { COMPLAINT_STATES, type Complaint, LEVELS } from './types.ts';

export const COMPLAINT_TONES: Record<Complaint['state'], Tone> = {
  unassigned: 'soon',
  assigned: 'calm',
  disputed: 'late',
  solved: 'done',
};

/** 投诉: those of the year of the cycle, each with whom it lies with, and what it did to the score. */
export default function Complaints({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const format = useFormat();
  const can = useCan();
  const [finding, setFinding] = useState<Complaint>();
  return (
    <>
      <Register<Complaint>
        cache={['cycles', cycle.id, 'complaints']}
        path="/complaints"
        query={{ from: `${cycle.year}-01-01`, until: `${cycle.year}-12-31` }}
        sort="-receivedAt"
        search={t('found.complaintSearch')}
        choices={[
          {
            key: 'state',
            label: t('office.state'),
            options: COMPLAINT_STATES.map((value) => ({ value, name: t(`found.complaintState.${value}`) })),
          },
          {
            key: 'level',
            label: t('found.levelOf'),
            options: LEVELS.map((value) => ({ value, name: t(`found.level.${value}`) })),
          },
          { key: 'overdue', label: t('office.overdue'), options: [{ value: 'true', name: t('office.overdue') }] },
        ]}
        actions={
          can('complaints.write') && (
            <Button component={Link} to={`/complaints/import?cycle=${cycle.id}`} variant="outlined">
              {t('found.importComplaints')}
            </Button>
          )
        }
        columns={[
          { key: 'text', label: t('found.complaint'), render: (row) => row.text },
          { key: 'org', label: t('office.unit'), render: (row) => row.org?.name ?? t('found.noUnit') },
          {
            key: 'channel',
            label: t('found.channel'),
            wide: true,
            width: 110,
            render: (row) => row.channel,
          },
          {
            key: 'receivedAt',
            label: t('found.receivedAt'),
            sort: true,
            width: 120,
            render: (row) => format.day(row.receivedAt),
          },
          {
            key: 'dueAt',
            label: t('office.due'),
            sort: true,
            wide: true,
            width: 120,
            render: (row) => format.day(row.dueAt),
          },
          {
            key: 'state',
            label: t('office.state'),
            width: 130,
            render: (row) => (
              <Stack direction="row" useFlexGap component="span" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
                <Tag tone={COMPLAINT_TONES[row.state]}>{t(`found.complaintState.${row.state}`)}</Tag>
                {row.overdue && <Tag tone="late">{t('office.overdue')}</Tag>}
                {row.level !== 'unit' && <Tag tone="soon">{t(`found.level.${row.level}`)}</Tag>}
              </Stack>
            ),
          },
        ]}
        dialog={(row, close) => (
          <ComplaintDialog
            cycleId={cycle.id}
            complaint={row}
            mayFind={can('findings.write') && cycle.status === 'running' && row.org !== undefined}
            onFind={() => {
              close();
              setFinding(row);
            }}
            onClose={close}
          />
        )}
        empty={{ title: t('found.noComplaints'), help: t('found.noComplaintsHelp') }}
      />
      <ComplaintCounts cycleId={cycle.id} year={cycle.year} />
      {finding && (
        <FindingDialog
          cycleId={cycle.id}
          title={t('found.makeFinding')}
          path={`/complaints/${finding.id}/finding`}
          inCycle
          what={finding.text}
          onClose={() => setFinding(undefined)}
        />
      )}
    </>
  );
}
