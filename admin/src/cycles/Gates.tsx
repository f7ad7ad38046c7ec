import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Dashboard } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { Tag } from '../ui/Tag.tsx';
import { Bar } from './Progress.tsx';

/** The points where all units wait for each other. */
export function Gates({ gates }: { gates: Dashboard['gates'] }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  if (gates.length === 0) return null;
  return (
    <Panel title={t('cycles.gates')} note={t('cycles.gatesHelp')}>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {gates.map((gate) => (
          <Box
            component="li"
            key={gate.block}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: '1fr auto', sm: 'minmax(0, 15em) 1fr auto' },
              gap: 1.5,
              alignItems: 'center',
              py: 0.625,
            }}
          >
            <Typography variant="body2">{text(gate.name)}</Typography>
            <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
              <Bar
                share={gate.passedAt ? 1 : gate.expected ? gate.waiting / gate.expected : 0}
                tone={gate.passedAt ? 'done' : 'calm'}
              />
            </Box>
            {gate.passedAt ? (
              <Tag tone="done">{t('cycles.gatePassed', { day: format.day(gate.passedAt) })}</Tag>
            ) : (
              <Typography variant="caption" color="text.secondary">
                {t('cycles.gateWaiting', { waiting: gate.waiting, expected: gate.expected })}
              </Typography>
            )}
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
