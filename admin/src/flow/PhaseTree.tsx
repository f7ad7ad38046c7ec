import Check from '@mui/icons-material/CheckOutlined';
import ExpandMore from '@mui/icons-material/ExpandMoreOutlined';
import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import type { FlowState } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { BlockList } from './BlockList.tsx';
import { type FlowPhase, itemsOf, stateOf } from './tree.ts';

interface Props {
  phases: FlowPhase[];
  /** For a column or a phone: only the running phase stands open. */
  narrow?: boolean;
  /** For templates: no progress, everything is ahead. */
  plain?: boolean;
}

/** The five phases from top to bottom, each to be folded. */
export function PhaseTree({ phases, narrow = false, plain = false }: Props) {
  const text = useText();
  const t = useT();
  return (
    <Box>
      {phases.map((phase, index) => {
        const state = plain ? 'ahead' : stateOf(phase);
        const all = [...itemsOf(phase.items)];
        const passed = all.filter((item) => item.state === 'passed').length;
        return (
          <Box component="details" key={phase.key} open={plain || !narrow || state === 'current'} sx={fold}>
            <Box component="summary">
              <Rank state={state}>{index + 1}</Rank>
              <Typography
                component="span"
                variant="h3"
                sx={{ flex: 1, color: state === 'ahead' && !plain ? 'text.secondary' : 'text.primary' }}
              >
                {text(phase.name)}
              </Typography>
              <Typography component="span" variant="caption" color="text.secondary">
                {plain || state === 'ahead'
                  ? all.length
                  : state === 'passed'
                    ? t('flow.state.passed')
                    : t('flow.counts', { passed, total: all.length })}
              </Typography>
              <ExpandMore className="fold-arrow" sx={{ fontSize: 20, color: 'text.secondary' }} />
            </Box>
            <Box sx={{ pt: 0.5, pb: 1.5, pl: { xs: 0, sm: narrow ? 0 : 1 } }}>
              <BlockList items={phase.items} narrow={narrow} plain={plain} />
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

function Rank({ state, children }: { state: FlowState; children: number }) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={(theme) => ({
        width: 26,
        height: 26,
        flex: 'none',
        display: 'grid',
        placeItems: 'center',
        borderRadius: '50%',
        fontSize: '0.8125rem',
        fontWeight: 600,
        ...numberLook(theme, state),
      })}
    >
      {state === 'passed' ? <Check sx={{ fontSize: 17 }} /> : children}
    </Box>
  );
}

function numberLook({ palette, tones }: Theme, state: FlowState) {
  if (state === 'passed') return { color: tones.done, backgroundColor: tones.doneSoft };
  if (state === 'current') return { color: palette.primary.contrastText, backgroundColor: palette.primary.main };
  return { color: palette.text.secondary, backgroundColor: tones.sunken };
}

const fold = {
  '& + &': { borderTop: '1px solid', borderColor: 'divider' },
  '& > summary': {
    display: 'flex',
    alignItems: 'center',
    gap: 1.25,
    py: 1.25,
    cursor: 'pointer',
    listStyle: 'none',
    borderRadius: 1,
  },
  '& > summary::-webkit-details-marker': { display: 'none' },
  '& .fold-arrow': { transition: 'transform 120ms' },
  '&[open] > summary .fold-arrow': { transform: 'rotate(180deg)' },
} as const;
