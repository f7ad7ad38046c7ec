import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  outside: { '/oidc': page(() => import('./ProviderPage.tsx')) },
} satisfies Feature;
