import type { Cycle } from '../api/types.ts';
import { page } from '../page.ts';
import { OfficeParts } from './OfficeParts.tsx';

type View = { cycle: Cycle };

const VIEWS = {
  warnings: page<View>(() => import('../supervision/Warnings.tsx'), 'supervision'),
  ladder: page<View>(() => import('../supervision/Ladder.tsx'), 'supervision'),
  flags: page<View>(() => import('../supervision/Flags.tsx'), 'supervision'),
  values: page<View>(() => import('../supervision/Verify.tsx'), 'supervision'),
  inspections: page<View>(() => import('../found/Inspections.tsx'), 'found'),
  points: page<View>(() => import('../found/Points.tsx'), 'found'),
  complaints: page<View>(() => import('../found/Complaints.tsx'), 'found', 'chart'),
  burden: page<View>(() => import('../afterwards/Burden.tsx'), 'afterwards', 'chart'),
};

/** 过程: what the office watches while a cycle is carried out. */
export default function ProcessView({ cycle }: View) {
  return (
    <OfficeParts
      tab="process"
      cycle={cycle}
      views={VIEWS}
      counts={{ warnings: 'orders', flags: 'flags', values: 'values', complaints: 'complaints' }}
      also={{ inspections: 'findings.write', points: 'findings.write', complaints: 'complaints.write' }}
    />
  );
}
