import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Cycle } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';

/** How many units have come full circle, as a bar with its words. */
export function Progress({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const { total, started, done } = cycle.progress;
  const launching = cycle.status === 'launching';
  const share = total ? (launching ? started : done) / total : 0;
  const words = launching ? t('cycles.startedText', { started, total }) : t('cycles.progressText', { done, total });
  return (
    <Box sx={{ minWidth: 150 }}>
      <Typography variant="caption" color="text.secondary">
        {words}
      </Typography>
      <Bar share={share} tone={launching ? 'soon' : 'done'} />
    </Box>
  );
}

/** A thin bar; what it says stands beside it in words. */
export function Bar({ share, tone }: { share: number; tone: 'done' | 'soon' | 'late' | 'calm' }) {
  return (
    <Box
      aria-hidden
      sx={(theme) => ({ height: 6, borderRadius: 3, backgroundColor: theme.tones.sunken, overflow: 'hidden' })}
    >
      <Box
        sx={(theme) => ({
          height: '100%',
          width: `${Math.min(100, share * 100)}%`,
          minWidth: share > 0 ? 3 : 0,
          borderRadius: 3,
          backgroundColor: theme.tones[tone],
        })}
      />
    </Box>
  );
}
