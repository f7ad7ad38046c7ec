import Operations from '@mui/icons-material/MonitorHeartOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: { '/operations': page(() => import('./OperationsPage.tsx'), 'operations') },
  menu: [
    {
      to: '/operations',
      label: 'layout.menu.operations',
      icon: Operations,
      group: 'settings',
      letter: 'o',
      needs: 'operations.read',
    },
  ],
  cycleViews: [
    {
      key: 'handling',
      label: 'cycles.tab.handling',
      view: page(() => import('./HandlingView.tsx'), 'chart', 'operations'),
      needs: ['cycles.watch'],
    },
  ],
} satisfies Feature;
