import { useT } from '../i18n/useT.ts';
import { ImportPage } from '../ui/ImportPage.tsx';

const COLUMNS = [
  { name: 'username', required: true },
  { name: 'roles', required: true },
];

export default function RolesImport() {
  const t = useT();
  return <ImportPage resource="roles" title={t('csv.roles')} columns={COLUMNS} back="/people" />;
}
