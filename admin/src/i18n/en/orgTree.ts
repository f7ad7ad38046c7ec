import type { LaterWords } from '../later.ts';

export const orgTree: LaterWords['orgTree'] = {
  tree: 'Tree',
  list: 'List',
  help: 'Arrow keys move up and down, open and close; Enter opens the unit.',
  units: '%{smart_count} unit below |||| %{smart_count} units below',
  people: '%{smart_count} person |||| %{smart_count} people',
  monitoredBy: 'monitored by %{unit}',
};
