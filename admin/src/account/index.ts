import Shield from '@mui/icons-material/GppGoodOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/account': page(() => import('./AccountPage.tsx'), 'account'),
    '/accounts': page(() => import('./AccountList.tsx'), 'account'),
    '/accounts/:id': page(() => import('./AccountShow.tsx'), 'account'),
  },
  outside: {
    '/reset': page(() => import('./LinkPage.tsx'), 'account'),
    '/invitation': page(() => import('./LinkPage.tsx'), 'account'),
    '/forgotten': page(() => import('./ForgottenPage.tsx'), 'account'),
    '/setup': page(() => import('./SetupPage.tsx'), 'account'),
  },
  menu: [
    {
      to: '/accounts',
      label: 'layout.menu.accounts',
      icon: Shield,
      group: 'settings',
      letter: 'a',
      needs: 'accounts.write',
    },
  ],
} satisfies Feature;
