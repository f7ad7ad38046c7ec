import Box from '@mui/material/Box';
import { alpha } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useT } from '../i18n/useT.ts';
import { Tag } from '../ui/Tag.tsx';
import type { Handled } from './api.ts';
import { useHours } from './useHours.ts';

/** One step or unit: the bar reaches to what nine of ten took, the mark in it to the median; the hotter, the slower. */
export function HeatRow({ name, row, most }: { name: string; row: Handled; most: number }) {
  const t = useT();
  const hours = useHours();
  const { medianHours, p90Hours } = row;
  const share = (value: number) => Math.min(1, value / most);
  return (
    <Box sx={line}>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {name}
      </Typography>
      <Box
        aria-hidden
        sx={(theme) => ({ position: 'relative', height: 14, backgroundColor: theme.tones.faint, borderRadius: 1 })}
      >
        {p90Hours !== null && (
          <Box
            sx={(theme) => ({
              position: 'absolute',
              inset: 0,
              width: `${share(p90Hours) * 100}%`,
              minWidth: 3,
              borderRadius: 1,
              backgroundColor: alpha(theme.palette.error.main, 0.2 + 0.7 * share(p90Hours)),
            })}
          />
        )}
        {medianHours !== null && (
          <Box
            sx={{
              position: 'absolute',
              insetBlock: -2,
              left: `calc(${share(medianHours) * 100}% - 1px)`,
              width: 2,
              backgroundColor: 'text.primary',
            }}
          />
        )}
      </Box>
      <Typography variant="caption" color="text.secondary" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {p90Hours === null || medianHours === null
          ? t('operations.notYet')
          : t('operations.times', { median: hours(medianHours), p90: hours(p90Hours), done: row.done })}
      </Typography>
      <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', justifyContent: { md: 'flex-end' } }}>
        {row.open > 0 && <Tag>{t('operations.openTag', { n: row.open })}</Tag>}
        {row.overdue > 0 && <Tag tone="late">{t('operations.overdueTag', { n: row.overdue })}</Tag>}
        {row.late > 0 && <Tag tone="soon">{t('operations.lateTag', { n: row.late })}</Tag>}
      </Box>
    </Box>
  );
}

const line = {
  display: 'grid',
  gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 15em) minmax(80px, 1fr) 17em 13em' },
  gap: { xs: 0.5, md: 2 },
  alignItems: 'center',
  py: { xs: 1, md: 0.5 },
} as const;
