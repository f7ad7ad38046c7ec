import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import { useSearchParams } from 'react-router-dom';
import type { Cycle } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Decisions } from './Decisions.tsx';
import { Ranking } from './Ranking.tsx';
import { Recompute } from './Recompute.tsx';
import { WhatIf } from './WhatIf.tsx';
import { Years } from './Years.tsx';

const PARTS = { ranking: Ranking, decisions: Decisions, whatIf: WhatIf, recompute: Recompute, years: Years } as const;
type Part = keyof typeof PARTS;

/** The results of a cycle; for the office also what it decides about them. */
export default function ResultsView({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const parts: Part[] = can('cycles.watch') ? (Object.keys(PARTS) as Part[]) : ['ranking'];
  const part = parts.find((one) => one === params.get('part')) ?? 'ranking';
  const Shown = PARTS[part];
  const go = (next: Part) => setParams({ view: 'results', part: next }, { replace: true });
  return (
    <Stack spacing={2.5}>
      {parts.length > 1 && (
        <Stack
          component="nav"
          aria-label={t('results.parts')}
          direction="row"
          useFlexGap
          className="no-print"
          sx={{ gap: 1, flexWrap: 'wrap' }}
        >
          {parts.map((one) => (
            <Chip
              key={one}
              label={t(`results.part.${one}`)}
              color={one === part ? 'primary' : 'default'}
              variant={one === part ? 'filled' : 'outlined'}
              aria-current={one === part}
              onClick={() => go(one)}
            />
          ))}
        </Stack>
      )}
      <Box>
        <Shown cycleId={cycle.id} />
      </Box>
    </Stack>
  );
}
