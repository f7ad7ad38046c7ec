import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default { routes: { '/tasks/:id': page(() => import('./TaskPage.tsx')) } } satisfies Feature;
