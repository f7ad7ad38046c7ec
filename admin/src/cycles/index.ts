import { lazy } from 'react';

export default {
  list: lazy(() => import('./CycleList.tsx')),
  show: lazy(() => import('./CyclePage.tsx')),
};
