import type { Cycle } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Parts } from '../ui/Parts.tsx';
import { PrintButton } from '../ui/PrintButton.tsx';
import { Decisions } from './Decisions.tsx';
import { Ranking } from './Ranking.tsx';
import { Recompute } from './Recompute.tsx';
import { WhatIf } from './WhatIf.tsx';
import { Years } from './Years.tsx';

const VIEWS = { ranking: Ranking, decisions: Decisions, whatIf: WhatIf, recompute: Recompute, years: Years } as const;
const OFFICE = Object.keys(VIEWS) as (keyof typeof VIEWS)[];

/** The results of a cycle; for the office also what it decides about them. */
export default function ResultsView({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const can = useCan();
  const shown = can('cycles.watch') ? OFFICE : (['ranking'] as const);
  return (
    <Parts
      view="results"
      label={t('results.parts')}
      props={{ cycleId: cycle.id }}
      actions={<PrintButton />}
      parts={shown.map((key) => ({ key, name: t(`results.part.${key}`), view: VIEWS[key] }))}
    />
  );
}
