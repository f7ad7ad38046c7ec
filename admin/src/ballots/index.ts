import Ballot from '@mui/icons-material/HowToVoteOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/ballots': page(() => import('./BallotList.tsx')),
    '/ballots/:id': page(() => import('./SheetPage.tsx')),
  },
  menu: [{ to: '/ballots', label: 'layout.menu.ballots', icon: Ballot, group: 'mine', letter: 'b', needs: 'business' }],
} satisfies Feature;
