import { lazy } from 'react';

export default {
  list: lazy(() => import('./OrgList.tsx')),
  show: lazy(() => import('./OrgShow.tsx')),
  edit: lazy(() => import('./OrgEdit.tsx')),
  create: lazy(() => import('./OrgCreate.tsx')),
  importPage: lazy(() => import('./OrgImport.tsx')),
};
