import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default { routes: { '/cases/:id': page(() => import('./CasePage.tsx')) } } satisfies Feature;
