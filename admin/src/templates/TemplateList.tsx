import Button from '@mui/material/Button';
import { Suspense, useState } from 'react';
import type { TemplateRow } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { page } from '../page.ts';
import { useCan } from '../session/session.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { TemplateStatus } from './TemplateStatus.tsx';

const NewTemplate = page<{ onClose: () => void }>(() => import('./NewTemplate.tsx'), 'designer');

const STATUSES: TemplateRow['status'][] = ['draft', 'published', 'retired'];

export default function TemplateList() {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const can = useCan();
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<TemplateRow & { id: string }>
        resource="templates"
        title={t('templates.title')}
        under={t('templates.under')}
        actions={
          can('templates.write') && (
            <Button variant="contained" onClick={() => setMaking(true)}>
              {t('templates.new')}
            </Button>
          )
        }
        sort={{ field: 'key', order: 'ASC' }}
        search={t('templates.search')}
        choices={[
          {
            key: 'status',
            label: t('templates.statusLabel'),
            options: STATUSES.map((value) => ({ value, name: t(`templates.status.${value}`) })),
          },
        ]}
        linkTo={(row) => `/templates/${row.key}/versions/${row.version}`}
        columns={[
          { key: 'name', label: t('templates.name'), render: (row) => text(row.name) },
          { key: 'key', label: t('templates.key'), sort: true, wide: true, render: (row) => row.key },
          { key: 'version', label: t('templates.version'), render: (row) => `v${row.version}` },
          { key: 'status', label: t('templates.statusLabel'), render: (row) => <TemplateStatus status={row.status} /> },
          { key: 'versions', label: t('templates.versions'), number: true, wide: true, render: (row) => row.versions },
          { key: 'updatedAt', label: t('templates.updatedAt'), sort: true, render: (row) => format.day(row.updatedAt) },
        ]}
        empty={{ title: t('templates.empty'), help: t('templates.emptyHelp') }}
      />
      {making && (
        <Suspense>
          <NewTemplate onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </>
  );
}
