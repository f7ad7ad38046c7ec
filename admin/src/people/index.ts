import { lazy } from 'react';

export default {
  list: lazy(() => import('./PersonList.tsx')),
  show: lazy(() => import('./PersonShow.tsx')),
  edit: lazy(() => import('./PersonEdit.tsx')),
  create: lazy(() => import('./PersonCreate.tsx')),
  importPage: lazy(() => import('./PersonImport.tsx')),
};
