import Cycle from '@mui/icons-material/DonutLargeOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/cycles': page(() => import('./CycleList.tsx'), 'fieldHelp'),
    '/cycles/:id': page(() => import('./CyclePage.tsx')),
  },
  menu: [{ to: '/cycles', label: 'layout.menu.cycles', icon: Cycle, group: 'work', letter: 'c', needs: 'business' }],
  cycleViews: [
    {
      key: 'overview',
      label: 'cycles.tab.overview',
      view: page(() => import('./Overview.tsx'), 'office'),
      needs: ['cycles.watch'],
    },
    { key: 'cases', label: 'cycles.tab.cases', view: page(() => import('./CaseTable.tsx')) },
  ],
} satisfies Feature;
