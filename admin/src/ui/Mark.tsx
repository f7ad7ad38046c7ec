import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';

/** The product's mark: a loop about to close. */
export function Mark({ size = 28 }: { size?: number }) {
  const { palette } = useTheme();
  const ink = palette.mode === 'light' ? palette.primary.main : palette.primary.light;
  return (
    <Box
      component="svg"
      viewBox="0 0 32 32"
      aria-hidden
      sx={{ width: size, height: size, flex: 'none', display: 'block' }}
    >
      <path d="M16 5a11 11 0 1 1-9.5 5.5" fill="none" stroke={ink} strokeWidth={3.6} strokeLinecap="round" />
      <circle cx={9.6} cy={7.2} r={2.5} fill={palette.mode === 'light' ? '#c98a2d' : '#dfb168'} />
    </Box>
  );
}
