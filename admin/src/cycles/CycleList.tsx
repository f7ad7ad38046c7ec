import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { CycleStatus } from './CycleStatus.tsx';
import { LaunchDialog } from './LaunchDialog.tsx';
import { Progress } from './Progress.tsx';

const STATUSES: Cycle['status'][] = ['launching', 'running', 'suspended', 'closed', 'cancelled'];

export default function CycleList() {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const can = useCan();
  const [launching, setLaunching] = useState(false);
  const launch = can('cycles.launch') && (
    <Button variant="contained" onClick={() => setLaunching(true)}>
      {t('cycles.launch')}
    </Button>
  );
  return (
    <>
      <ListPage<Cycle>
        resource="cycles"
        title={t('cycles.title')}
        sort={{ field: 'launchedAt', order: 'DESC' }}
        search={t('cycles.search')}
        choices={[
          {
            key: 'status',
            label: t('cycles.statusLabel'),
            options: STATUSES.map((value) => ({ value, name: t(`cycles.status.${value}`) })),
          },
        ]}
        actions={launch}
        linkTo={(cycle) => `/cycles/${cycle.id}`}
        columns={[
          { key: 'name', label: t('cycles.name'), sort: true, render: (cycle) => cycle.name },
          { key: 'status', label: t('cycles.statusLabel'), render: (cycle) => <CycleStatus status={cycle.status} /> },
          { key: 'progress', label: t('cycles.progress'), width: 220, render: (cycle) => <Progress cycle={cycle} /> },
          { key: 'year', label: t('cycles.year'), sort: true, wide: true, render: (cycle) => cycle.year },
          {
            key: 'template',
            label: t('cycles.template'),
            wide: true,
            render: (cycle) => `${text(cycle.template.name)} v${cycle.template.version}`,
          },
          {
            key: 'launchedAt',
            label: t('cycles.launchedAt'),
            sort: true,
            wide: true,
            render: (cycle) => format.day(cycle.launchedAt),
          },
        ]}
        empty={
          can('cycles.launch')
            ? { title: t('cycles.empty'), help: t('cycles.emptyHelp'), action: launch }
            : { title: t('cycles.empty'), help: t('cycles.emptyWatch') }
        }
      />
      {launching && <LaunchDialog onClose={() => setLaunching(false)} />}
    </>
  );
}
