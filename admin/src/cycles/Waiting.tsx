import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Dashboard } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';

type What = keyof Dashboard['waiting'];

/** Where each is dealt with, the most pressing first. */
const PLACES: Record<What, string> = {
  orders: '?view=process&part=warnings&state=answered',
  flags: '?view=process&part=flags',
  values: '?view=process&part=values',
  complaints: '?view=process&part=complaints',
  adjustments: '?view=evaluation&part=ledger&state=proposed',
  ballots: '?view=evaluation&part=ballots',
  findings: '?view=rectify&part=findings&state=open',
  opinions: '?view=rectify&part=opinions&kind=unsorted',
  items: '?view=rectify&part=board&overdue=true',
};

/** What waits for the office outside the steps of the cases; each leads to where it is decided. */
export function WaitingPanel({ waiting }: { waiting: Dashboard['waiting'] }) {
  const t = useT();
  const open = (Object.keys(PLACES) as What[]).filter((what) => waiting[what] > 0);
  if (open.length === 0) return null;
  return (
    <Panel title={t('office.decide')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexWrap: 'wrap', gap: 1.25 }}>
        {open.map((what) => (
          <Box component="li" key={what}>
            <Box
              component={Link}
              to={PLACES[what]}
              sx={(theme) => ({
                display: 'flex',
                alignItems: 'center',
                gap: 1,
                px: 1.5,
                py: 0.75,
                minHeight: 44,
                borderRadius: 1,
                color: 'text.primary',
                backgroundColor: theme.tones.sunken,
                '&:hover': { color: 'primary.main' },
              })}
            >
              <Typography variant="body2">{t(`office.waits.${what}`)}</Typography>
              <Typography component="span" sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>
                {waiting[what]}
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
