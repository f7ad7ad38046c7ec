import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  cycleViews: [
    { key: 'lights', label: 'cycles.tab.lights', view: page(() => import('./LightsView.tsx'), 'lights', 'chart') },
  ],
} satisfies Feature;
