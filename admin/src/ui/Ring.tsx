import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { useT } from '../i18n/useT.ts';

export const PHASES = ['plan', 'execute', 'evaluate', 'feedback', 'rectify'] as const;
export type PhaseKey = (typeof PHASES)[number];

export const isPhase = (phase: string): phase is PhaseKey => (PHASES as readonly string[]).includes(phase);

interface Props {
  /** The phase that runs now; `all` when the loop is closed. */
  at: string;
  size?: number;
  paused?: boolean;
}

const R = 12;
const GAP = 0.2;

/** The loop as a ring of five arcs: passed, running, ahead. The closed loop is our mark. */
export function Ring({ at, size = 32, paused = false }: Props) {
  const { palette, tones } = useTheme();
  const t = useT();
  const now = at === 'all' ? PHASES.length : PHASES.indexOf(at as PhaseKey);
  const running = paused ? tones.soon : palette.primary.main;
  const label = at === 'all' ? t('common.caseStatus.done') : isPhase(at) ? t(`common.phase.${at}`) : at;
  return (
    <Box
      component="svg"
      viewBox="0 0 32 32"
      role="img"
      aria-label={label}
      sx={{ width: size, height: size, flex: 'none', display: 'block' }}
    >
      {PHASES.map((phase, i) => (
        <path
          key={phase}
          d={arc(i)}
          fill="none"
          strokeWidth={i === now ? 5 : 3.6}
          strokeLinecap="butt"
          stroke={i < now ? tones.done : i === now ? running : tones.line}
        />
      ))}
    </Box>
  );
}

/** The i-th fifth of the circle, clockwise from the top. */
function arc(i: number): string {
  const fifth = (2 * Math.PI) / PHASES.length;
  const from = i * fifth - Math.PI / 2 + GAP / 2;
  const to = (i + 1) * fifth - Math.PI / 2 - GAP / 2;
  const point = (angle: number) => `${(16 + R * Math.cos(angle)).toFixed(2)} ${(16 + R * Math.sin(angle)).toFixed(2)}`;
  return `M ${point(from)} A ${R} ${R} 0 0 1 ${point(to)}`;
}
