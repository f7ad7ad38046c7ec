import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useT } from '../i18n/useT.ts';
import { PHASES } from '../ui/Ring.tsx';

const RADIUS = 38;

/** The five links around their circle: what this is, at a glance. */
export function Loop() {
  const t = useT();
  const { palette, tones } = useTheme();
  return (
    <Box sx={{ position: 'relative', width: 'min(100%, 440px)', aspectRatio: '1' }}>
      <Box
        component="svg"
        viewBox="0 0 100 100"
        aria-hidden
        sx={{ position: 'absolute', inset: 0, width: '100%', height: '100%' }}
      >
        <circle cx={50} cy={50} r={RADIUS} fill="none" stroke={tones.line} strokeWidth={0.5} />
        <path d={arcTo(0, 4.62)} fill="none" stroke={palette.primary.main} strokeWidth={1} strokeLinecap="round" />
        {PHASES.map((phase, i) => {
          const { x, y } = place(i);
          return (
            <circle key={phase} cx={x} cy={y} r={2} fill={tones.sunken} stroke={palette.primary.main} strokeWidth={1} />
          );
        })}
      </Box>
      {PHASES.map((phase, i) => {
        const { x, y } = place(i);
        return (
          <Box
            key={phase}
            sx={{
              position: 'absolute',
              left: `${50 + (x - 50) * (y > 60 ? 0.74 : 0.62)}%`,
              top: `${50 + (y - 50) * 0.66}%`,
              transform: 'translate(-50%, -50%)',
              textAlign: 'center',
              whiteSpace: 'nowrap',
            }}
          >
            <Typography variant="h2" component="p">
              {t(`common.phase.${phase}`)}
            </Typography>
            <Typography variant="caption" color="text.secondary">
              {t(`session.pitch.${phase}`)}
            </Typography>
          </Box>
        );
      })}
    </Box>
  );
}

function place(i: number) {
  const angle = (i / PHASES.length) * 2 * Math.PI - Math.PI / 2;
  return { x: 50 + RADIUS * Math.cos(angle), y: 50 + RADIUS * Math.sin(angle) };
}

function arcTo(from: number, to: number): string {
  const a = place(from);
  const b = place(to);
  return `M ${a.x} ${a.y} A ${RADIUS} ${RADIUS} 0 1 1 ${b.x} ${b.y}`;
}
