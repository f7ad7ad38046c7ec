import { ListBase } from 'ra-core';
import type { CaseRow, CaseStatus, Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ListBody } from '../ui/ListPage.tsx';
import { PHASES, Ring } from '../ui/Ring.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Tag } from '../ui/Tag.tsx';

const STATUSES: CaseStatus[] = ['active', 'suspended', 'done', 'cancelled'];

/** The units' cases of a cycle, as far as one may see them. */
export default function CaseTable({ cycle: { id: cycleId } }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const known = useKnown();
  const format = useFormat();
  return (
    <ListBase
      resource="cases"
      queryOptions={{ meta: { path: `/cycles/${cycleId}/cases` } }}
      sort={{ field: 'title', order: 'ASC' }}
      perPage={25}
      disableAuthentication
      storeKey={false}
    >
      <ListBody<CaseRow>
        search={t('cycles.casesSearch')}
        choices={[
          {
            key: 'phase',
            label: t('cycles.phase'),
            options: PHASES.map((value) => ({ value, name: known('common.phase', value) })),
          },
          {
            key: 'status',
            label: t('cycles.caseStatus'),
            options: STATUSES.map((value) => ({ value, name: t(`common.caseStatus.${value}`) })),
          },
        ]}
        linkTo={(row) => `/cases/${row.id}`}
        columns={[
          { key: 'title', label: t('cycles.org'), sort: true, render: (row) => row.org?.name ?? row.title },
          {
            key: 'phase',
            label: t('cycles.phase'),
            render: (row) => <Phase row={row} name={known('common.phase', row.phase)} />,
          },
          {
            key: 'at',
            label: t('cycles.at'),
            render: (row) =>
              row.status === 'active' ? (
                format.list((row.blockNames ?? []).map(text))
              ) : (
                <StatusTag status={row.status} />
              ),
          },
          {
            key: 'openTasks',
            label: t('cycles.openTasks'),
            number: true,
            wide: true,
            render: (row) => (
              <>
                {row.overdueTasks > 0 && (
                  <Tag tone="late">
                    {t('cycles.overdue')} {row.overdueTasks}
                  </Tag>
                )}{' '}
                {row.openTasks}
              </>
            ),
          },
          {
            key: 'score',
            label: t('cycles.score'),
            number: true,
            wide: true,
            render: (row) => row.result?.score ?? '',
          },
          {
            key: 'rank',
            label: t('cycles.rank'),
            number: true,
            wide: true,
            render: (row) => (row.result?.rank ? `${row.result.rank} / ${row.result.rankOf}` : ''),
          },
        ]}
        empty={{ title: t('cycles.empty') }}
      />
    </ListBase>
  );
}

function Phase({ row, name }: { row: CaseRow; name: string }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8, whiteSpace: 'nowrap' }}>
      <Ring at={row.status === 'done' ? 'all' : row.phase} paused={row.status === 'suspended'} size={18} />
      {row.status === 'done' ? null : name}
    </span>
  );
}
