import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link, useSearchParams } from 'react-router-dom';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useRead } from '../unit/api.ts';
import type { UnitViewProps } from '../unit/UnitPage.tsx';
import { ReportGrid } from './ReportGrid.tsx';

interface Period {
  period: string;
  endsOn: string;
  dueOn: string;
  begun: boolean;
  total: number;
  open: number;
  returned: number;
  missing: number;
}

/** The values that the unit reports, a period at a time, in one grid. */
export default function ReportView({ cycle, unit }: UnitViewProps) {
  const t = useT();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const { data, error, isPending, refetch } = useRead<{ items: Period[] }>('/values/periods', { cycleId: cycle.id });
  if (isPending) return <Skeleton variant="rounded" height={320} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const periods = data.items;
  const chosen = periods.find(({ period }) => period === params.get('period')) ?? usual(periods);
  if (!chosen)
    return (
      <Empty
        title={t('unit.nothingDue')}
        help={t('unit.nothingDueHelp')}
        action={
          <Button component={Link} to="/inbox">
            {t('unit.toInbox')}
          </Button>
        }
      />
    );
  return (
    <Stack spacing={2}>
      <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        {periods.map((one) => (
          <Chip
            key={one.period}
            label={one.open > 0 ? t('unit.periodState', { ...one }) : one.period}
            color={one === chosen ? 'primary' : one.missing > 0 ? 'error' : 'default'}
            variant={one === chosen ? 'filled' : 'outlined'}
            aria-pressed={one === chosen}
            onClick={() => setParams({ view: 'report', cycle: cycle.id, period: one.period }, { replace: true })}
          />
        ))}
        <Button size="small" component={Link} to={`/unit/import?cycle=${cycle.id}`} sx={{ ml: 'auto' }}>
          {t('unit.import')}
        </Button>
      </Stack>
      {chosen.begun ? (
        <ReportGrid key={chosen.period} cycle={cycle} unit={unit} period={chosen.period} />
      ) : (
        <Typography color="text.secondary" sx={{ py: 4, textAlign: 'center' }}>
          {t('unit.notBegun', { period: chosen.period, day: format.plainDay(chosen.endsOn) })}
        </Typography>
      )}
    </Stack>
  );
}

/** The period to begin with: the first with something due, else the last that has begun. */
function usual(periods: Period[]): Period | undefined {
  const begun = periods.filter((one) => one.begun);
  return begun.find(({ open }) => open > 0) ?? begun.at(-1) ?? periods[0];
}
