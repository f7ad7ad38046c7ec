import Tokens from '@mui/icons-material/KeyOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: { '/tokens': page(() => import('./TokenList.tsx'), 'tokens') },
  menu: [{ to: '/tokens', label: 'layout.menu.tokens', icon: Tokens, group: 'settings', needs: 'tokens.write' }],
} satisfies Feature;
