import type { Cycle } from '../api/types.ts';
import { page } from '../page.ts';
import { OfficeParts } from './OfficeParts.tsx';

type View = { cycle: Cycle };

const VIEWS = {
  board: page<View>(() => import('../rectify/Board.tsx'), 'rectify'),
  findings: page<View>(() => import('../found/Findings.tsx'), 'found'),
  opinions: page<View>(() => import('../opinions/Opinions.tsx'), 'opinions', 'found'),
};

/** 整改: what fell short, and how far it is put right. */
export default function RectifyView({ cycle }: View) {
  return (
    <OfficeParts
      tab="rectify"
      cycle={cycle}
      views={VIEWS}
      counts={{ board: 'items', findings: 'findings', opinions: 'opinions' }}
      also={{ board: 'findings.write', findings: 'findings.write', opinions: 'opinions.write' }}
    />
  );
}
