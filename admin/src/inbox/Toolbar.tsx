import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useCycleNames } from '../api/queries.ts';
import { useT } from '../i18n/useT.ts';
import { SearchField } from '../ui/SearchField.tsx';
import { defaultSort, type Filter } from './useFilter.ts';

interface Props {
  filter: Filter;
  change: (part: Partial<Filter>) => void;
}

export function Toolbar({ filter, change }: Props) {
  const t = useT();
  const { data: cycles } = useCycleNames();
  const several = (cycles?.items.length ?? 0) > 1 || filter.cycleId !== '';
  return (
    <Stack direction="row" useFlexGap spacing={1.5} className="no-print" sx={{ flexWrap: 'wrap' }}>
      <SearchField label={t('inbox.search')} value={filter.q} onChange={(q) => change({ q })} />
      {filter.box !== 'told' && several && (
        <TextField
          select
          label={t('inbox.cycle')}
          value={filter.cycleId}
          onChange={(event) => change({ cycleId: event.target.value })}
          sx={{ minWidth: 200 }}
        >
          <MenuItem value="">{t('inbox.allCycles')}</MenuItem>
          {cycles?.items.map((cycle) => (
            <MenuItem key={cycle.id} value={cycle.id}>
              {cycle.name}
            </MenuItem>
          ))}
        </TextField>
      )}
      {filter.box === 'todo' && (
        <TextField
          select
          label={t('inbox.sort')}
          value={filter.sort === '-openedAt' ? '-openedAt' : defaultSort('todo')}
          onChange={(event) => change({ sort: event.target.value })}
          sx={{ minWidth: 140 }}
        >
          <MenuItem value="dueAt">{t('inbox.byDue')}</MenuItem>
          <MenuItem value="-openedAt">{t('inbox.byNewest')}</MenuItem>
        </TextField>
      )}
    </Stack>
  );
}
