import Box from '@mui/material/Box';
import { useT } from '../i18n/useT.ts';
import { visuallyHidden } from './hidden.ts';

export type LightColour = 'red' | 'orange' | 'yellow' | 'blue' | 'green';

/** Form as well as colour tells the lights apart, for those who do not see colours and on paper. */
const FORMS: Record<LightColour, { tone: 'late' | 'soon' | 'calm' | 'done'; path: string }> = {
  red: { tone: 'late', path: 'M8 1.5 15 14H1z' },
  orange: { tone: 'soon', path: 'M4.5 2h7L15 8l-3.5 6h-7L1 8z' },
  yellow: { tone: 'soon', path: 'M8 1 15 8 8 15 1 8z' },
  blue: { tone: 'calm', path: 'M2 2h12v12H2z' },
  green: { tone: 'done', path: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z' },
};

/** One light 亮灯, with its word beside it or said to screen readers. */
export function Light({ colour, word = true }: { colour: LightColour; word?: boolean }) {
  const t = useT();
  const { tone, path } = FORMS[colour];
  const name = t(`common.light.${colour}`);
  return (
    <Box component="span" title={name} sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
      <Box
        component="svg"
        viewBox="0 0 16 16"
        aria-hidden
        sx={(theme) => ({ width: 14, height: 14, fill: theme.tones[tone] })}
      >
        <path d={path} />
      </Box>
      <Box component="span" sx={word ? {} : visuallyHidden}>
        {name}
      </Box>
    </Box>
  );
}
