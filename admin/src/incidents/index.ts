import Incident from '@mui/icons-material/ReportProblemOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/incidents': page(() => import('./IncidentList.tsx')),
    '/incidents/:id': page(() => import('./IncidentShow.tsx')),
  },
  menu: [
    {
      to: '/incidents',
      label: 'layout.menu.incidents',
      icon: Incident,
      group: 'settings',
      letter: 'e',
      needs: 'incidents.read',
    },
  ],
} satisfies Feature;
