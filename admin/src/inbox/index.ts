import Inbox from '@mui/icons-material/InboxOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: { '/inbox': page(() => import('./InboxPage.tsx')) },
  menu: [{ to: '/inbox', label: 'layout.menu.inbox', icon: Inbox, group: 'mine', letter: 'i', count: 'todo' }],
} satisfies Feature;
