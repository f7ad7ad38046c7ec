import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useGet } from '../api/queries.ts';
import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Register } from '../ui/Register.tsx';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { EntryDialog } from './EntryDialog.tsx';
import { ProposeDialog } from './ProposeDialog.tsx';
import { SchemePanel, TotalsPanel } from './Totals.tsx';
import { type Entry, KINDS, type Scheme, STATES } from './types.ts';

export const TONES: Record<Entry['state'], Tone> = {
  proposed: 'soon',
  approved: 'done',
  rejected: 'plain',
  withdrawn: 'plain',
  revoked: 'late',
};

/** “+2”, “−0.5”; nothing for a veto. */
export const signed = ({ kind, points }: Pick<Entry, 'kind' | 'points'>): string =>
  kind === 'veto' ? '' : `${kind === 'bonus' ? '+' : '−'}${points}`;

/** 加减分台账: bonuses, deductions and vetoes, proposed with evidence and approved by somebody else; what they come to after all caps. */
export default function Ledger({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const [proposing, setProposing] = useState(false);
  const path = `/cycles/${cycle.id}/adjustments`;
  const scheme = useGet<Scheme>(['cycles', cycle.id, 'scheme'], `${path}/scheme`, { retry: false });
  if (scheme.isPending) return <Skeleton variant="rounded" height={300} aria-busy />;
  if (scheme.error && problemOf(scheme.error).id === 'adjustment.none')
    return <Empty title={t('ledger.noScheme')} help={t('ledger.noSchemeHelp')} />;
  if (!scheme.data) return <ProblemAlert error={scheme.error} onRetry={() => void scheme.refetch()} />;
  const open = cycle.status === 'running' || cycle.status === 'launching';
  return (
    <Stack spacing={2.5}>
      <div>
        <Register<Entry>
          cache={['cycles', cycle.id, 'adjustments']}
          path={path}
          sort="-proposedAt"
          search={t('ledger.search')}
          choices={[
            {
              key: 'state',
              label: t('office.state'),
              options: STATES.map((value) => ({ value, name: t(`ledger.state.${value}`) })),
            },
            {
              key: 'kind',
              label: t('office.kind'),
              options: KINDS.map((value) => ({ value, name: t(`ledger.kind.${value}`) })),
            },
            {
              key: 'item',
              label: t('ledger.item'),
              options: scheme.data.items.map(({ key, name }) => ({ value: key, name: text(name) })),
            },
          ]}
          actions={
            open &&
            scheme.data.can.includes('propose') && (
              <Button variant="contained" onClick={() => setProposing(true)}>
                {t('ledger.propose')}
              </Button>
            )
          }
          columns={[
            { key: 'item', label: t('ledger.item'), render: (row) => text(row.item.name) },
            { key: 'org', label: t('office.unit'), sort: true, render: (row) => row.org.name },
            {
              key: 'points',
              label: t('ledger.points'),
              sort: true,
              number: true,
              width: 90,
              render: (row) => (row.kind === 'veto' ? <Tag tone="late">{t('ledger.kind.veto')}</Tag> : signed(row)),
            },
            { key: 'reason', label: t('ledger.why'), render: (row) => row.reason },
            {
              key: 'proposedAt',
              label: t('ledger.proposedAt'),
              sort: true,
              wide: true,
              width: 130,
              render: (row) => format.day(row.proposedAt),
            },
            {
              key: 'state',
              label: t('office.state'),
              width: 130,
              render: (row) => (
                <Stack direction="row" useFlexGap component="span" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
                  <Tag tone={TONES[row.state]}>{t(`ledger.state.${row.state}`)}</Tag>
                  {row.withheld && <Tag tone="late">{t('ledger.withheld')}</Tag>}
                </Stack>
              ),
            },
          ]}
          dialog={(row, close) => <EntryDialog cycleId={cycle.id} id={row.id} scheme={scheme.data} onClose={close} />}
          empty={{ title: t('ledger.none'), help: t('ledger.noneHelp') }}
        />
      </div>
      <TotalsPanel cycleId={cycle.id} />
      <SchemePanel scheme={scheme.data} />
      {proposing && <ProposeDialog cycleId={cycle.id} scheme={scheme.data} onClose={() => setProposing(false)} />}
    </Stack>
  );
}
