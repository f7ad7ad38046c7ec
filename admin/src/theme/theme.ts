import { createTheme, type Theme } from '@mui/material/styles';
import { components } from './components.ts';
import { dark, darkTones, light, lightTones, type Tones } from './palette.ts';

declare module '@mui/material/styles' {
  interface Theme {
    tones: Tones;
  }
  interface ThemeOptions {
    tones?: Tones;
  }
}

/** System fonts only: nothing is fetched, and each platform has a good Chinese face. */
const FONT = [
  '-apple-system',
  '"Segoe UI"',
  'Roboto',
  '"Helvetica Neue"',
  '"PingFang SC"',
  '"HarmonyOS Sans SC"',
  '"MiSans"',
  '"Microsoft YaHei UI"',
  '"Microsoft YaHei"',
  '"Noto Sans SC"',
  '"Noto Sans CJK SC"',
  '"Source Han Sans SC"',
  'sans-serif',
].join(',');

export const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace';

/** The theme of one mode. */
export function makeTheme(mode: 'light' | 'dark'): Theme {
  const palette = mode === 'light' ? light : dark;
  const tones = mode === 'light' ? lightTones : darkTones;
  return createTheme({
    palette: { mode, ...palette },
    tones,
    shape: { borderRadius: 8 },
    shadows: softShadows(mode),
    typography: {
      fontFamily: FONT,
      fontSize: 14,
      h1: { fontSize: '1.5rem', fontWeight: 600, lineHeight: 1.35, letterSpacing: '0.005em', textWrap: 'balance' },
      h2: { fontSize: '1.125rem', fontWeight: 600, lineHeight: 1.45 },
      h3: { fontSize: '0.9375rem', fontWeight: 600, lineHeight: 1.5 },
      body1: { fontSize: '0.9375rem', lineHeight: 1.7 },
      body2: { fontSize: '0.875rem', lineHeight: 1.6 },
      caption: { fontSize: '0.8125rem', lineHeight: 1.5 },
      overline: { fontSize: '0.75rem', lineHeight: 1.6, letterSpacing: '0.06em', textTransform: 'none' },
      button: { textTransform: 'none', fontWeight: 500, letterSpacing: '0.02em' },
    },
    components: components(tones, palette),
  });
}

/** One quiet shadow for what floats; flat paper has a line instead. */
function softShadows(mode: 'light' | 'dark'): Theme['shadows'] {
  const float = mode === 'light' ? '0 8px 28px rgba(20, 40, 52, 0.14)' : '0 8px 28px rgba(0, 0, 0, 0.5)';
  return Array.from({ length: 25 }, (_, i) => (i === 0 ? 'none' : float)) as Theme['shadows'];
}
