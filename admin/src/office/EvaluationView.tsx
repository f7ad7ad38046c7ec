import type { Cycle } from '../api/types.ts';
import { page } from '../page.ts';
import { OfficeParts } from './OfficeParts.tsx';

type View = { cycle: Cycle };

const VIEWS = {
  ballots: page<View>(() => import('../rounds/Rounds.tsx'), 'rounds', 'chart'),
  ledger: page<View>(() => import('../ledger/Ledger.tsx'), 'ledger', 'chart'),
  dimensions: page<View>(() => import('../afterwards/Dimensions.tsx'), 'afterwards', 'chart'),
  appeals: page<View>(() => import('../afterwards/Appeals.tsx'), 'afterwards'),
  interviews: page<View>(() => import('../afterwards/Interviews.tsx'), 'afterwards'),
  uses: page<View>(() => import('../afterwards/Uses.tsx'), 'afterwards', 'chart'),
};

/** 评价: who evaluates and how far that is, what else counts, and what follows from the results. */
export default function EvaluationView({ cycle }: View) {
  return (
    <OfficeParts tab="evaluation" cycle={cycle} views={VIEWS} counts={{ ballots: 'ballots', ledger: 'adjustments' }} />
  );
}
