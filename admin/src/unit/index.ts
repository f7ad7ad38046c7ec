import Unit from '@mui/icons-material/ApartmentOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/unit': page(() => import('./UnitPage.tsx'), 'unit', 'chart', 'results'),
    '/letters/:id': page(() => import('./LetterPage.tsx'), 'unit', 'chart'),
    '/unit/import': page(() => import('../reporting/ImportValues.tsx'), 'unit'),
    '/indicators/:id': page(() => import('../indicators/IndicatorPage.tsx'), 'unit', 'chart', 'lights'),
  },
  menu: [{ to: '/unit', label: 'layout.menu.unit', icon: Unit, group: 'mine', needs: 'business' }],
} satisfies Feature;
