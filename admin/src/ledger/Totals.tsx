import Skeleton from '@mui/material/Skeleton';
import { useGet } from '../api/queries.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import type { Scheme, Totals } from './types.ts';

/** What the approved entries of each unit come to, before and after the caps. */
export function TotalsPanel({ cycleId }: { cycleId: string }) {
  const t = useT();
  const text = useText();
  const { data, error, isPending, refetch } = useGet<Totals>(
    ['cycles', cycleId, 'totals'],
    `/cycles/${cycleId}/adjustments/totals`,
  );
  if (isPending) return <Skeleton variant="rounded" height={160} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return null;
  return (
    <ChartPanel
      title={t('ledger.totals')}
      note={t('ledger.totalsHelp')}
      table={{
        columns: [
          t('office.unit'),
          t('ledger.bonusBefore'),
          t('ledger.bonusAfter'),
          t('ledger.deductionBefore'),
          t('ledger.deductionAfter'),
          t('ledger.sum'),
          t('ledger.kind.veto'),
          t('ledger.waiting'),
          t('ledger.withheld'),
        ],
        words: [6],
        rows: data.items.map((one) => {
          const of = (kind: 'bonus' | 'deduction') => one.year.find((part) => part.kind === kind);
          return [
            one.org.name,
            of('bonus')?.before ?? null,
            of('bonus')?.after ?? null,
            of('deduction')?.before ?? null,
            of('deduction')?.after ?? null,
            one.sum,
            one.vetoes.map(({ name }) => text(name)).join('; ') || null,
            one.proposed,
            one.withheld,
          ];
        }),
      }}
    />
  );
}

/** What may be entered, with what one entry gives and what all of a unit come to at most. */
export function SchemePanel({ scheme }: { scheme: Scheme }) {
  const t = useT();
  const text = useText();
  return (
    <ChartPanel
      title={t('ledger.scheme')}
      table={{
        columns: [
          t('ledger.item'),
          t('office.kind'),
          t('ledger.usual'),
          t('ledger.most'),
          t('ledger.cap'),
          t('ledger.basis'),
        ],
        words: [1, 5],
        rows: scheme.items.map((one) => [
          text(one.name),
          t(`ledger.kind.${one.kind}`),
          one.points,
          one.most,
          one.cap,
          one.basis && text(one.basis),
        ]),
      }}
    />
  );
}
