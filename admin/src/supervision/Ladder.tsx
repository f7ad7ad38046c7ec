import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Light } from '../ui/Light.tsx';
import { Register } from '../ui/Register.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { LadderOrder } from './types.ts';

/** Orders that the deadlines of the cases themselves put on record. They are dealt with in the case. */
export default function Ladder({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  return (
    <Register<LadderOrder, LadderOrder & { id: string }>
      cache={['cycles', cycle.id, 'ladder-orders']}
      path={`/cycles/${cycle.id}/ladder-orders`}
      sort="-at"
      prepare={(row) => ({ ...row, id: `${row.case.id} ${row.at}` })}
      linkTo={(row) => `/cases/${row.case.id}`}
      columns={[
        { key: 'org', label: t('office.unit'), render: (row) => row.org.name },
        { key: 'block', label: t('cycles.block'), render: (row) => text(row.block.name) },
        {
          key: 'colour',
          label: t('office.colour'),
          render: (row) => row.colour && <Light colour={row.colour} />,
        },
        { key: 'at', label: t('supervision.openedAt'), sort: true, render: (row) => format.dayTime(row.at) },
        {
          key: 'open',
          label: t('office.state'),
          render: (row) => (
            <Tag tone={row.open ? 'late' : 'done'}>{t(row.open ? 'supervision.stillOpen' : 'supervision.movedOn')}</Tag>
          ),
        },
      ]}
      empty={{ title: t('supervision.noLadder'), help: t('supervision.noLadderHelp') }}
    />
  );
}
