import { useT } from '../i18n/useT.ts';
import { ImportPage } from '../ui/ImportPage.tsx';

const COLUMNS = [
  { name: 'code', required: true },
  { name: 'name', required: true },
  { name: 'kind', required: true },
  { name: 'name_en' },
  { name: 'category' },
  { name: 'parent_code' },
  { name: 'monitoring_code' },
  { name: 'head_username' },
];

export default function OrgImport() {
  const t = useT();
  return <ImportPage resource="orgs" title={t('csv.orgs')} columns={COLUMNS} />;
}
