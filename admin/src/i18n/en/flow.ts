import type { Catalogue } from '../catalogue.ts';

export const flow: Catalogue['flow'] = {
  label: 'Flow',
  state: { passed: 'passed', current: 'now', ahead: 'ahead', skipped: 'not taken' },
  type: {
    task: 'Form',
    approval: 'Decision',
    parallel: 'All at once',
    branch: 'One of these',
    repeat: 'For each',
    wait: 'Wait',
    window: 'Publicity',
    ballots: 'Ballots',
    gate: 'Gate',
    notify: 'Notice',
    compute: 'Computed',
  },
  perCycle: 'once per cycle',
  otherwise: 'Otherwise',
  nothing: 'Straight on',
  counts: '%{passed} of %{total} steps',
  due: 'by %{day}',
};
