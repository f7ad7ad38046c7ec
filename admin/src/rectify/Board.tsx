import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useSearchParams } from 'react-router-dom';
import type { Cycle } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { useKeys } from '../layout/shortcuts.ts';
import { focusSearch, SearchField } from '../ui/SearchField.tsx';
import { Column } from './Column.tsx';
import { SOURCES } from './types.ts';

/** What is overdue comes first, then what is open in time, what is closed, and what went over to the next cycle. */
const COLUMNS = [
  { key: 'overdue', query: { state: 'open', overdue: true } },
  { key: 'open', query: { state: 'open', overdue: false } },
  { key: 'closed', query: { state: 'closed' } },
  { key: 'carried', query: { state: 'carried' } },
] as const;

/** 整改看板: the register of all units, by state; narrowed to a unit by its name, or to a source. */
export default function Board({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const source = params.get('source') ?? '';
  useKeys({ '/': focusSearch });
  const change = (key: string, value: string) =>
    setParams(
      (was) => {
        const next = new URLSearchParams(was);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <Stack direction="row" useFlexGap spacing={1.5} className="no-print" sx={{ flexWrap: 'wrap', mb: 2 }}>
        <SearchField label={t('rectify.search')} value={q} onChange={(next) => change('q', next)} />
        <TextField
          select
          label={t('rectify.sourceOf')}
          value={source}
          onChange={(event) => change('source', event.target.value)}
          sx={{ minWidth: 150 }}
          slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
        >
          <option value="">{t('common.all')}</option>
          {SOURCES.map((one) => (
            <option key={one} value={one}>
              {t(`rectify.source.${one}`)}
            </option>
          ))}
        </TextField>
      </Stack>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: '1fr', md: 'repeat(4, minmax(0, 1fr))' },
          alignItems: 'start',
        }}
      >
        {COLUMNS.map(({ key, query }) => (
          <Column key={key} name={key} cycleId={cycle.id} query={{ ...query, q, source }} />
        ))}
      </Box>
    </>
  );
}
