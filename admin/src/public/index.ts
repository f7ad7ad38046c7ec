import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  outside: {
    '/public': page(() => import('./CyclesPage.tsx'), 'public'),
    '/public/:id': page(() => import('./CyclePage.tsx'), 'public'),
    '/survey/:token': page(() => import('./SurveyPage.tsx'), 'public'),
  },
} satisfies Feature;
