import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  cycleViews: [
    { key: 'report', label: 'cycles.tab.report', view: page(() => import('./ReportView.tsx'), 'reports', 'chart') },
  ],
} satisfies Feature;
