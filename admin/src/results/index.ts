import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  cycleViews: [
    { key: 'results', label: 'cycles.tab.results', view: page(() => import('./ResultsView.tsx'), 'results', 'chart') },
  ],
} satisfies Feature;
