import { lazy } from 'react';

export default {
  list: lazy(() => import('./IncidentList.tsx')),
  show: lazy(() => import('./IncidentShow.tsx')),
};
