import Delegation from '@mui/icons-material/SupervisorAccountOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: { '/delegations': page(() => import('./DelegationList.tsx')) },
  menu: [{ to: '/delegations', label: 'layout.menu.delegations', icon: Delegation, group: 'work', letter: 'd' }],
} satisfies Feature;
