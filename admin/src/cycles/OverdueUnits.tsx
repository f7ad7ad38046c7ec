import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Dashboard } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { filterOf } from './Funnel.tsx';
import { Bar } from './Progress.tsx';

/** Which units are late, the latest first. */
export function OverdueUnits({ units }: { units: Dashboard['overdueByOrg'] }) {
  const t = useT();
  const most = Math.max(1, ...units.map(({ overdue }) => overdue));
  return (
    <Panel title={t('cycles.overdueByOrg')} note={units.length || ''}>
      {units.length === 0 && <Typography color="text.secondary">{t('cycles.overdueNone')}</Typography>}
      <Box
        component="ul"
        sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: 520, overflowY: 'auto' }}
        tabIndex={units.length > 12 ? 0 : -1}
      >
        {units.map(({ org, overdue }) => (
          <Box
            component="li"
            key={org.id}
            sx={{
              display: 'grid',
              gridTemplateColumns: 'minmax(0, 1fr) 80px 2em',
              gap: 1.5,
              alignItems: 'center',
              py: 0.5,
            }}
          >
            <Typography
              variant="body2"
              component={Link}
              to={`?view=cases&filter=${filterOf({ orgId: org.id })}`}
              noWrap
            >
              {org.name}
            </Typography>
            <Bar share={overdue / most} tone="late" />
            <Typography variant="body2" sx={{ textAlign: 'right', fontWeight: 600 }}>
              {overdue}
            </Typography>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
