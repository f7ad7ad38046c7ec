import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useGet } from '../api/queries.ts';
import type { Cycle, List } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Facts } from '../ui/Facts.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RecordDialog } from '../ui/RecordDialog.tsx';
import { Register } from '../ui/Register.tsx';
import { Tag } from '../ui/Tag.tsx';
import { FindingDialog } from './FindingDialog.tsx';
import { Observers } from './Observers.tsx';
import { PointDialog } from './PointDialog.tsx';
import type { Observation, Point } from './types.ts';

/** 观测点: where observers look, what they have seen, and what of it becomes a finding of this cycle. */
export default function Points({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const format = useFormat();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const [finding, setFinding] = useState<Observation>();
  return (
    <>
      <Register<Point>
        cache={['cycles', cycle.id, 'points']}
        path="/observation-points"
        sort="code"
        search={t('found.pointSearch')}
        actions={
          can('findings.write') && (
            <Button variant="contained" onClick={() => setAdding(true)}>
              {t('found.addPoint')}
            </Button>
          )
        }
        columns={[
          { key: 'name', label: t('found.point'), render: (row) => row.name },
          { key: 'code', label: t('found.pointCode'), sort: true, width: 110, render: (row) => row.code },
          { key: 'org', label: t('office.unit'), render: (row) => row.org.name },
          { key: 'place', label: t('found.place'), wide: true, render: (row) => row.place },
          {
            key: 'observers',
            label: t('found.observers'),
            render: (row) => format.list(row.observers.map(({ name }) => name)),
          },
          { key: 'observations', label: t('found.observations'), number: true, render: (row) => row.observations },
          {
            key: 'active',
            label: t('office.state'),
            render: (row) => !row.active && <Tag>{t('common.inactive')}</Tag>,
          },
        ]}
        dialog={(row, close) => (
          <OnePoint
            cycleId={cycle.id}
            point={row}
            mayFind={can('findings.write') && cycle.status === 'running'}
            onFind={(one) => {
              close();
              setFinding(one);
            }}
            onClose={close}
          />
        )}
        empty={{ title: t('found.noPoints'), help: t('found.noPointsHelp') }}
      />
      {adding && <PointDialog cycleId={cycle.id} onClose={() => setAdding(false)} />}
      {finding && (
        <FindingDialog
          cycleId={cycle.id}
          title={t('found.makeFinding')}
          path={`/observations/${finding.id}/finding`}
          inCycle
          what={finding.remark}
          onClose={() => setFinding(undefined)}
        />
      )}
    </>
  );
}

interface OneProps {
  cycleId: string;
  point: Point;
  mayFind: boolean;
  onFind: (one: Observation) => void;
  onClose: () => void;
}

function OnePoint({ cycleId, point, mayFind, onFind, onClose }: OneProps) {
  const t = useT();
  const format = useFormat();
  const mayEdit = point.can.includes('edit');
  const change = useChange(cycleId);
  const { data, error } = useGet<List<Observation>>(
    ['cycles', cycleId, 'points', point.id],
    `/observation-points/${point.id}/observations`,
    { query: { limit: 100 } },
  );
  return (
    <RecordDialog
      wide
      title={point.name}
      actions={
        mayEdit && (
          <Button
            variant="outlined"
            disabled={change.isPending}
            onClick={() =>
              change.mutate({
                path: `/observation-points/${point.id}`,
                method: 'PATCH',
                ifMatch: point.version,
                body: { active: !point.active },
              })
            }
          >
            {t(point.active ? 'found.retire' : 'found.reopen')}
          </Button>
        )
      }
      onClose={onClose}
    >
      {change.error ? <ProblemAlert error={change.error} /> : null}
      <Facts
        items={[
          { name: t('office.unit'), value: point.org.name },
          ...(point.place ? [{ name: t('found.place'), value: point.place }] : []),
          ...(point.indicator ? [{ name: t('found.indicatorCode'), value: point.indicator }] : []),
          ...(mayEdit
            ? []
            : [{ name: t('found.observers'), value: format.list(point.observers.map(({ name }) => name)) }]),
        ]}
      />
      {mayEdit && <Observers cycleId={cycleId} point={point} />}
      {error ? <ProblemAlert error={error} /> : null}
      {!data && !error && <Skeleton variant="rounded" height={120} aria-busy />}
      {data?.items.length === 0 && <Typography color="text.secondary">{t('found.nothingSeen')}</Typography>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
        {data?.items.map((one) => (
          <Box
            component="li"
            key={one.id}
            sx={{ display: 'flex', gap: 1.5, alignItems: 'flex-start', flexWrap: 'wrap' }}
          >
            <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
              <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                {one.remark}
              </Typography>
              <Typography variant="caption" color="text.secondary">
                {[format.plainDay(one.day), one.observer.name, one.value].filter(Boolean).join(' · ')}
              </Typography>
            </Box>
            {mayFind && (
              <Button size="small" onClick={() => onFind(one)}>
                {t('found.makeFinding')}
              </Button>
            )}
          </Box>
        ))}
      </Box>
    </RecordDialog>
  );
}
