import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/complaints/import': page(() => import('../found/ComplaintImport.tsx'), 'office', 'found'),
    '/rectification/:id': page(() => import('../rectify/ItemPage.tsx'), 'office', 'rectify'),
  },
  cycleViews: [
    {
      key: 'process',
      label: 'cycles.tab.process',
      view: page(() => import('./ProcessView.tsx'), 'office'),
      needs: ['cycles.watch', 'findings.write', 'complaints.write'],
    },
    {
      key: 'evaluation',
      label: 'cycles.tab.evaluation',
      view: page(() => import('./EvaluationView.tsx'), 'office'),
      needs: ['cycles.watch'],
    },
    {
      key: 'rectify',
      label: 'cycles.tab.rectify',
      view: page(() => import('./RectifyView.tsx'), 'office'),
      needs: ['cycles.watch', 'findings.write', 'opinions.write'],
    },
  ],
} satisfies Feature;
