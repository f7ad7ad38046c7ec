import { useSearchParams } from 'react-router-dom';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { ImportPage } from '../ui/ImportPage.tsx';

const COLUMNS = [
  { name: 'channel', required: true },
  { name: 'reference', required: true },
  { name: 'received', required: true },
  { name: 'text', required: true },
  { name: 'category' },
  { name: 'place' },
];

/** Complaints of a hotline from a table: checked first, all rows or none. */
export default function ComplaintImport() {
  const t = useT();
  const [params] = useSearchParams();
  const cycle = params.get('cycle');
  return (
    <ImportPage
      resource="complaints"
      title={t('found.importComplaints')}
      columns={COLUMNS}
      onDone={() => queryClient.invalidateQueries({ queryKey: ['cycles'] })}
      back={cycle ? `/cycles/${cycle}?view=process&part=complaints` : '/cycles'}
    />
  );
}
