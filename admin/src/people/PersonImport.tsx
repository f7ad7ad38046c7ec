import { useT } from '../i18n/useT.ts';
import { ImportPage } from '../ui/ImportPage.tsx';

const COLUMNS = [
  { name: 'username', required: true },
  { name: 'name', required: true },
  { name: 'org_code', required: true },
  { name: 'title' },
  { name: 'email' },
];

export default function PersonImport() {
  const t = useT();
  return <ImportPage resource="people" title={t('csv.people')} columns={COLUMNS} />;
}
