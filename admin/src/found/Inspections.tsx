import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useGet } from '../api/queries.ts';
import type { Cycle, List } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Facts } from '../ui/Facts.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import { Register } from '../ui/Register.tsx';
import { RowTable } from '../ui/RowTable.tsx';
import { Tag } from '../ui/Tag.tsx';
import { FindingDialog } from './FindingDialog.tsx';
import { SEVERITY_TONES, STATE_TONES } from './Findings.tsx';
import { InspectionDialog } from './InspectionDialog.tsx';
import type { Finding, Inspection } from './types.ts';

/** 督查: visits on site, with what each found and how far that is. */
export default function Inspections({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const format = useFormat();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const [finding, setFinding] = useState<Inspection>();
  return (
    <>
      <Register<Inspection>
        cache={['cycles', cycle.id, 'inspections']}
        path="/inspections"
        query={{ cycleId: cycle.id }}
        sort="-day"
        search={t('found.inspectionSearch')}
        actions={
          can('findings.write') &&
          cycle.status === 'running' && (
            <Button variant="contained" onClick={() => setAdding(true)}>
              {t('found.addInspection')}
            </Button>
          )
        }
        columns={[
          { key: 'title', label: t('found.inspection'), render: (row) => row.title },
          { key: 'org', label: t('office.unit'), render: (row) => row.org.name },
          { key: 'day', label: t('found.day'), sort: true, width: 130, render: (row) => format.plainDay(row.day) },
          { key: 'inspectors', label: t('found.inspectors'), wide: true, render: (row) => row.inspectors },
          {
            key: 'findings',
            label: t('found.findings'),
            render: ({ findings: { open, rectifying, closed } }) => (
              <>
                {open > 0 && (
                  <Tag tone="soon">
                    {t('found.findingState.open')} {open}
                  </Tag>
                )}{' '}
                {rectifying > 0 && (
                  <Tag tone="calm">
                    {t('found.findingState.rectifying')} {rectifying}
                  </Tag>
                )}{' '}
                {closed > 0 && (
                  <Tag tone="done">
                    {t('found.findingState.closed')} {closed}
                  </Tag>
                )}
              </>
            ),
          },
        ]}
        dialog={(row, close) => (
          <OneInspection
            cycleId={cycle.id}
            inspection={row}
            onFind={() => {
              close();
              setFinding(row);
            }}
            onClose={close}
          />
        )}
        empty={{ title: t('found.noInspections'), help: t('found.noInspectionsHelp') }}
      />
      {adding && <InspectionDialog cycleId={cycle.id} onClose={() => setAdding(false)} />}
      {finding && (
        <FindingDialog
          cycleId={cycle.id}
          title={t('found.addFinding')}
          path={`/inspections/${finding.id}/findings`}
          onClose={() => setFinding(undefined)}
        />
      )}
    </>
  );
}

interface OneProps {
  cycleId: string;
  inspection: Inspection;
  onFind: () => void;
  onClose: () => void;
}

function OneInspection({ cycleId, inspection, onFind, onClose }: OneProps) {
  const t = useT();
  const format = useFormat();
  const { data, error } = useGet<List<Finding>>(
    ['cycles', cycleId, 'inspections', inspection.id, 'findings'],
    `/inspections/${inspection.id}/findings`,
    { query: { limit: 100, sort: 'number' } },
  );
  return (
    <RecordDialog
      wide
      title={inspection.title}
      actions={
        inspection.can.includes('addFinding') && (
          <Button variant="contained" onClick={onFind}>
            {t('found.addFinding')}
          </Button>
        )
      }
      onClose={onClose}
    >
      <Facts
        items={[
          { name: t('office.unit'), value: inspection.org.name },
          { name: t('found.day'), value: format.plainDay(inspection.day) },
          { name: t('found.inspectors'), value: inspection.inspectors },
          { name: t('found.madeBy'), value: inspection.madeBy.name },
        ]}
      />
      {error ? <ProblemAlert error={error} /> : null}
      {!data && !error && <Skeleton variant="rounded" height={120} aria-busy />}
      {data?.items.length === 0 && <Typography color="text.secondary">{t('found.nothingFound')}</Typography>}
      {data && data.items.length > 0 && (
        <RowTable<Finding>
          rows={data.items}
          columns={[
            { key: 'code', label: t('found.code'), width: 70, render: (row) => row.code },
            { key: 'what', label: t('found.what'), render: (row) => row.what },
            {
              key: 'severity',
              label: t('found.severityOf'),
              render: (row) => <Tag tone={SEVERITY_TONES[row.severity]}>{t(`found.severity.${row.severity}`)}</Tag>,
            },
            {
              key: 'state',
              label: t('office.state'),
              render: (row) => <Tag tone={STATE_TONES[row.state]}>{t(`found.findingState.${row.state}`)}</Tag>,
            },
          ]}
        />
      )}
    </RecordDialog>
  );
}
