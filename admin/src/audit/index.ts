import Audit from '@mui/icons-material/FactCheckOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/audit': page(() => import('./AuditList.tsx'), 'audit'),
    '/audit/:id': page(() => import('./AuditShow.tsx'), 'audit'),
  },
  menu: [{ to: '/audit', label: 'layout.menu.audit', icon: Audit, group: 'settings', needs: 'audit.read' }],
} satisfies Feature;
