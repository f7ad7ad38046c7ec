import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useGet } from '../api/queries.ts';
import type { Cycle, Ref } from '../api/types.ts';
import { BarChart } from '../chart/BarChart.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Row {
  org: Ref;
  month: string;
  forms: number;
  fields: number;
  uploadsAsked: number;
  uploads: number;
  minutes: number;
}

/** So many units are drawn; the table has all. */
const DRAWN = 15;

/** 负担: how many minutes, forms and uploads a cycle asks of each unit in each month, by the stated estimate. */
export default function Burden({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const { data, error, isPending, refetch } = useGet<{ items: Row[] }>(
    ['cycles', cycle.id, 'burden'],
    `/cycles/${cycle.id}/burden`,
  );
  if (isPending) return <Skeleton variant="rounded" height={320} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('afterwards.noBurden')} />;
  const months = [...new Set(data.items.map(({ month }) => month))].sort();
  const units = unitsOf(data.items).toSorted((a, b) => sum(b.rows, 'minutes') - sum(a.rows, 'minutes'));
  const drawn = units.slice(0, DRAWN);
  return (
    <Stack spacing={2.5}>
      <Typography variant="body2" color="text.secondary">
        {t('afterwards.burdenHelp')}
      </Typography>
      <ChartPanel
        title={t('afterwards.minutes')}
        note={units.length > DRAWN ? t('afterwards.mostAsked', { count: DRAWN }) : undefined}
        table={{
          columns: [t('office.unit'), t('afterwards.total'), ...months],
          rows: units.map(({ org, rows }) => [
            org.name,
            whole(sum(rows, 'minutes')),
            ...months.map((month) => {
              const found = rows.find((row) => row.month === month);
              return found ? whole(found.minutes) : null;
            }),
          ]),
        }}
      >
        <BarChart
          label={t('afterwards.minutes')}
          lying
          names={drawn.map(({ org }) => org.name)}
          bars={[{ name: t('afterwards.minutes'), values: drawn.map(({ rows }) => whole(sum(rows, 'minutes'))) }]}
        />
      </ChartPanel>
      <ChartPanel
        title={t('afterwards.asked')}
        table={{
          columns: [
            t('office.unit'),
            t('afterwards.forms'),
            t('afterwards.fields'),
            t('afterwards.uploadsAsked'),
            t('afterwards.uploads'),
          ],
          rows: units.map(({ org, rows }) => [
            org.name,
            sum(rows, 'forms'),
            sum(rows, 'fields'),
            sum(rows, 'uploadsAsked'),
            sum(rows, 'uploads'),
          ]),
        }}
      />
    </Stack>
  );
}

const sum = (rows: readonly Row[], key: 'minutes' | 'forms' | 'fields' | 'uploadsAsked' | 'uploads'): number =>
  rows.reduce((all, row) => all + row[key], 0);
const whole = (minutes: number): number => Math.round(minutes);

function unitsOf(items: readonly Row[]): { org: Ref; rows: Row[] }[] {
  const found = new Map<string, { org: Ref; rows: Row[] }>();
  for (const row of items) {
    const unit = found.get(row.org.id) ?? { org: row.org, rows: [] };
    unit.rows.push(row);
    found.set(row.org.id, unit);
  }
  return [...found.values()];
}
