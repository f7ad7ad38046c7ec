import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Cycle, Dashboard } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { Ring } from '../ui/Ring.tsx';
import { Bar } from './Progress.tsx';

/** How many units stand in each phase, and how many have come round; each phase leads to its units. */
export function Funnel({ cycle, phases }: { cycle: Cycle; phases: Dashboard['phases'] }) {
  const t = useT();
  const text = useText();
  const { total, done } = cycle.progress;
  const cells = [
    ...phases.map((phase) => ({
      key: phase.phase,
      ring: phase.phase,
      name: text(phase.name),
      cases: phase.cases,
      to: `?view=cases&filter=${filterOf({ phase: phase.phase })}`,
    })),
    {
      key: 'done',
      ring: 'all',
      name: t('cycles.stat.done'),
      cases: done,
      to: `?view=cases&filter=${filterOf({ status: 'done' })}`,
    },
  ];
  return (
    <Panel title={t('cycles.funnel')} note={t('cycles.funnelHelp')}>
      <Box
        sx={{
          display: 'grid',
          gap: 1,
          gridTemplateColumns: { xs: 'repeat(2, 1fr)', sm: 'repeat(3, 1fr)', md: 'repeat(6, 1fr)' },
        }}
      >
        {cells.map((cell) => (
          <Box
            key={cell.key}
            component={Link}
            to={cell.to}
            sx={(theme) => ({
              p: 1.25,
              borderRadius: 1,
              color: 'text.primary',
              '&:hover': { backgroundColor: theme.tones.faint, textDecoration: 'none' },
            })}
          >
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 0.5 }}>
              <Ring at={cell.ring} size={20} />
              <Typography variant="body2" noWrap>
                {cell.name}
              </Typography>
            </Box>
            <Typography
              sx={{
                fontSize: '1.5rem',
                fontWeight: 600,
                lineHeight: 1.3,
                color: cell.cases ? 'text.primary' : 'text.disabled',
              }}
            >
              {cell.cases}
            </Typography>
            <Bar share={total ? cell.cases / total : 0} tone={cell.key === 'done' ? 'done' : 'calm'} />
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

/** The filter of react-admin's list in an address. */
export const filterOf = (filter: Record<string, string>): string => encodeURIComponent(JSON.stringify(filter));
