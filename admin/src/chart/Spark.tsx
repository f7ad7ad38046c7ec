import Box from '@mui/material/Box';

interface Props {
  /** Said instead of shown. */
  label: string;
  values: (number | null)[];
  width?: number;
}

const HEIGHT = 28;
const EDGE = 3;

/** Where a series is going, at a glance: no axes, no figures; a dot where it stands now. */
export function Spark({ label, values, width = 96 }: Props) {
  const points = placed(values, width);
  const last = points.at(-1);
  if (points.length < 2 || !last) return null;
  return (
    <Box
      component="svg"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      sx={{ width, height: HEIGHT, display: 'block', color: 'primary.main' }}
    >
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <circle cx={last.x} cy={last.y} r="2.5" fill="currentColor" />
    </Box>
  );
}

/** The values that are there, at their places in a box of that width. */
export function placed(values: (number | null)[], width: number): { x: number; y: number }[] {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = (width - 2 * EDGE) / Math.max(1, values.length - 1);
  return values.flatMap((value, at) =>
    value === null
      ? []
      : [
          {
            x: Math.round((EDGE + at * step) * 10) / 10,
            y: Math.round((HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE)) * 10) / 10,
          },
        ],
  );
}
