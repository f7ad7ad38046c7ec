import Org from '@mui/icons-material/ApartmentOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/orgs': page(() => import('./OrgList.tsx'), 'orgTree'),
    '/orgs/tree': page(() => import('./OrgTree.tsx'), 'orgTree'),
    '/orgs/create': page(() => import('./OrgCreate.tsx'), 'fieldHelp'),
    '/orgs/import': page(() => import('./OrgImport.tsx')),
    '/orgs/:id': page(() => import('./OrgShow.tsx')),
    '/orgs/:id/edit': page(() => import('./OrgEdit.tsx'), 'fieldHelp'),
  },
  menu: [{ to: '/orgs', label: 'layout.menu.orgs', icon: Org, group: 'settings', letter: 'u', needs: 'orgs.write' }],
} satisfies Feature;
