import Calendar from '@mui/icons-material/CalendarMonthOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: { '/calendar': page(() => import('./CalendarPage.tsx')) },
  menu: [{ to: '/calendar', label: 'layout.menu.calendar', icon: Calendar, group: 'work', letter: 'k' }],
} satisfies Feature;
