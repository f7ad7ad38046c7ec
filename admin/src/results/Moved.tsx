import Typography from '@mui/material/Typography';
import { useT } from '../i18n/useT.ts';

/** How many places a unit went up or down. */
export function Moved({ before, after }: { before: number | null; after: number | null }) {
  const t = useT();
  if (before === null || after === null || before === after) return null;
  const up = after < before;
  return (
    <Typography
      component="span"
      variant="caption"
      aria-label={t(up ? 'results.up' : 'results.down', { smart_count: Math.abs(before - after) })}
      sx={(theme) => ({ ml: 0.75, color: up ? theme.tones.done : theme.tones.late, whiteSpace: 'nowrap' })}
      role="img"
    >
      {up ? '↑' : '↓'}
      {Math.abs(before - after)}
    </Typography>
  );
}
