import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useGet } from '../api/queries.ts';
import { useChange } from '../cycles/useChange.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { RowTable } from '../ui/RowTable.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { Pending, Round } from './types.ts';

interface Props {
  cycleId: string;
  round: Round;
  label: (place: { group: string; layer: string | null }) => string;
}

/** Who has not handed in, or will not; the office may take somebody out of it (回避). */
export function PendingList({ cycleId, round, label }: Props) {
  const t = useT();
  const can = useCan();
  const notify = useNotify();
  const [leaving, setLeaving] = useState<Pending>();
  const { data, error, isPending, refetch } = useGet<{ items: Pending[] }>(
    ['cycles', cycleId, 'pending', round.id],
    `/ballot-rounds/${round.id}/pending`,
  );
  const exclude = useChange(cycleId, () => {
    notify(t('rounds.excluded'), { type: 'success' });
    setLeaving(undefined);
  });
  if (isPending) return <Skeleton variant="rounded" height={160} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Panel title={t('rounds.pendingTitle')} note={data.items.length} flush>
      {data.items.length === 0 ? (
        <Typography color="text.secondary" sx={{ px: 2.5, pb: 2 }}>
          {t('rounds.allIn')}
        </Typography>
      ) : (
        <RowTable<Pending>
          rows={data.items}
          columns={[
            { key: 'assessor', label: t('rounds.assessor'), render: (row) => row.assessor.name },
            { key: 'org', label: t('office.unit'), render: (row) => row.org },
            { key: 'group', label: t('rounds.group'), render: label },
            { key: 'expected', label: t('rounds.expected'), number: true, wide: true, render: (row) => row.expected },
            {
              key: 'state',
              label: t('office.state'),
              render: (row) => (
                <>
                  <Tag tone={row.state === 'open' ? 'soon' : 'plain'}>{t(`rounds.sheet.${row.state}`)}</Tag>{' '}
                  {row.reason}
                </>
              ),
            },
            {
              key: 'act',
              label: '',
              render: (row) =>
                round.open &&
                row.state === 'open' &&
                can('cases.control') && (
                  <Button
                    size="small"
                    aria-label={`${t('rounds.exclude')} ${row.assessor.name}`}
                    onClick={() => setLeaving(row)}
                  >
                    {t('rounds.exclude')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {leaving && (
        <ReasonDialog
          title={t('rounds.exclude')}
          help={t('rounds.excludeHelp', { name: leaving.assessor.name })}
          label={t('office.reason')}
          danger
          busy={exclude.isPending}
          error={exclude.error}
          onClose={() => {
            exclude.reset();
            setLeaving(undefined);
          }}
          onConfirm={(reason) => exclude.mutate({ path: `/ballot-sheets/${leaving.id}/exclude`, body: { reason } })}
        />
      )}
    </Panel>
  );
}
