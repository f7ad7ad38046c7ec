import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';

interface Props {
  /** Said instead of shown: “value 82, target 90”. */
  label: string;
  value: number | null;
  target: number | null;
  /** Where the scale ends; by default a little beyond the greater of both. */
  max?: number;
  tone?: 'late' | 'soon' | 'done' | 'calm';
  width?: number | string;
}

/** A value as a bar against its target as a mark, on one line of a list. */
export function Bullet({ label, value, target, max, tone = 'calm', width = 120 }: Props) {
  const { tones } = useTheme();
  const end = max ?? (Math.max(value ?? 0, target ?? 0) * 1.1 || 1);
  const share = (number: number) => `${Math.min(100, Math.max(0, (number / end) * 100))}%`;
  return (
    <Box component="svg" role="img" aria-label={label} height={14} sx={{ width, display: 'block' }}>
      <rect x="0" y="3" width="100%" height="8" rx="2" fill={tones.sunken} />
      {value !== null && <rect x="0" y="3" width={share(value)} height="8" rx="2" fill={tones[tone]} />}
      {target !== null && <rect x={share(target)} y="0" width="2" height="14" fill="currentColor" />}
    </Box>
  );
}
