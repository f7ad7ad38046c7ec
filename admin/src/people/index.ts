import People from '@mui/icons-material/GroupOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/people': page(() => import('./PersonList.tsx'), 'account'),
    '/people/create': page(() => import('./PersonCreate.tsx'), 'fieldHelp'),
    '/people/import': page(() => import('./PersonImport.tsx')),
    '/people/:id': page(() => import('./PersonShow.tsx'), 'account'),
    '/people/:id/edit': page(() => import('./PersonEdit.tsx'), 'fieldHelp'),
    '/people/:id/roles': page(() => import('./PersonRoles.tsx'), 'fieldHelp'),
    '/roles/import': page(() => import('./RolesImport.tsx')),
  },
  menu: [
    {
      to: '/people',
      label: 'layout.menu.people',
      icon: People,
      group: 'settings',
      letter: 'p',
      needs: ['people.write', 'roles.write'],
    },
  ],
} satisfies Feature;
