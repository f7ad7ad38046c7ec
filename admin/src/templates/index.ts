import Account from '@mui/icons-material/AccountTreeOutlined';
import type { Feature } from '../feature.ts';
import { page } from '../page.ts';

export default {
  routes: {
    '/templates': page(() => import('./TemplateList.tsx')),
    '/templates/:key/versions/:version': page(() => import('./VersionPage.tsx'), 'designer', 'fieldHelp'),
    '/cycles/:id/migration': page(() => import('./designer/MigrationPage.tsx'), 'designer'),
  },
  menu: [
    {
      to: '/templates',
      label: 'layout.menu.templates',
      icon: Account,
      group: 'settings',
      letter: 't',
      needs: 'templates.write',
    },
  ],
} satisfies Feature;
