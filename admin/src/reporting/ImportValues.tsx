import { useSearchParams } from 'react-router-dom';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { ImportPage } from '../ui/ImportPage.tsx';
import { UNIT } from '../unit/api.ts';

const COLUMNS = [
  { name: 'org', required: true },
  { name: 'indicator', required: true },
  { name: 'period', required: true },
  { name: 'value', required: true },
  { name: 'unit' },
  { name: 'reason' },
];

/** Values of a cycle from a file, after a dry run. */
export default function ImportValues() {
  const t = useT();
  const [params] = useSearchParams();
  const cycleId = params.get('cycle') ?? '';
  return (
    <ImportPage
      resource="values"
      title={t('unit.importTitle')}
      columns={COLUMNS}
      query={{ cycleId }}
      back={`/unit?view=report&cycle=${cycleId}`}
      excel
      onDone={() => queryClient.invalidateQueries({ queryKey: [UNIT] })}
    />
  );
}
