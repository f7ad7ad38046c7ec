import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useGrowing } from '../api/queries.ts';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { GrowMore } from '../ui/GrowMore.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { UNIT } from '../unit/api.ts';
import type { UnitViewProps } from '../unit/UnitPage.tsx';
import { IndicatorRow } from './IndicatorRow.tsx';
import type { Indicator, Mine } from './types.ts';

const KINDS: Mine[] = ['own', 'joint', 'monitored'];

/** Every indicator that is the unit's in some way, each with where it stands and what is due next. */
export default function IndicatorList({ cycle, unit }: UnitViewProps) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const [q, setQ] = useState('');
  const kinds = KINDS.filter((kind) => cycle[kind] > 0);
  const mine = kinds.find((kind) => kind === params.get('mine')) ?? kinds[0] ?? 'own';
  const query = { cycleId: cycle.id, mine, q, limit: 50 };
  const list = useGrowing<Indicator>([UNIT, 'indicators', query], '/assigned-indicators', query);
  if (list.isPending) return <Skeleton variant="rounded" height={320} />;
  if (!list.data) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (kinds.length === 0)
    return (
      <Empty
        title={t('unit.noIndicators')}
        help={t('unit.noIndicatorsHelp')}
        action={
          <Button component={Link} to="/inbox">
            {t('unit.toInbox')}
          </Button>
        }
      />
    );
  const { items } = list;
  const show = (next: Mine) =>
    setParams({ view: 'indicators', cycle: cycle.id, ...(next !== kinds[0] && { mine: next }) }, { replace: true });
  return (
    <Stack spacing={2}>
      <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <SearchField label={t('unit.search')} value={q} onChange={setQ} />
        {kinds.length > 1 && (
          <Stack direction="row" role="group" aria-label={t('unit.show')} useFlexGap sx={{ gap: 1, flexWrap: 'wrap' }}>
            {kinds.map((kind) => (
              <Chip
                key={kind}
                label={`${t(`unit.mine.${kind}`)} ${cycle[kind]}`}
                color={kind === mine ? 'primary' : 'default'}
                variant={kind === mine ? 'filled' : 'outlined'}
                aria-pressed={kind === mine}
                onClick={() => show(kind)}
              />
            ))}
          </Stack>
        )}
      </Stack>
      {items.length === 0 ? (
        <Empty title={t('inbox.empty.filtered')} help={t('inbox.empty.filteredHelp')} />
      ) : (
        <Paper variant="outlined">
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {items.map((one) => (
              <IndicatorRow key={one.id} indicator={one} withUnit={one.org.id !== unit.id} />
            ))}
          </Box>
          <GrowMore list={list} />
        </Paper>
      )}
    </Stack>
  );
}
