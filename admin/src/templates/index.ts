import { lazy } from 'react';

export default {
  list: lazy(() => import('./TemplateList.tsx')),
  version: lazy(() => import('./VersionPage.tsx')),
};
