import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import type { PublicCycle, PublicUnit } from './types.ts';

const last = Number.MAX_SAFE_INTEGER;
const order = (a: PublicUnit, b: PublicUnit) => (a.result?.rank ?? last) - (b.result?.rank ?? last);

/** Scores, ranks and grades, each category apart. */
export function PublicResults({ cycle }: { cycle: PublicCycle }) {
  const t = useT();
  const text = useText();
  const units = cycle.units.filter(({ result }) => result !== null);
  const graded = units.some(({ result }) => result?.grade);
  return (
    <Stack spacing={2.5}>
      <Alert severity={cycle.results === 'publicity' ? 'warning' : 'info'} variant="outlined">
        {t(cycle.results === 'publicity' ? 'public.publicity' : 'public.final')}
      </Alert>
      {cycle.categories.map(({ key, name, ranked }) => {
        const rows = units.filter(({ category }) => category === key).toSorted(order);
        if (rows.length === 0) return null;
        return (
          <Panel key={key} title={text(name)} note={t('common.shown', { total: rows.length })} flush>
            <Box sx={{ overflowX: 'auto' }}>
              <Table size="small">
                <TableHead>
                  <TableRow>
                    {ranked && <TableCell sx={{ width: 72 }}>{t('public.rank')}</TableCell>}
                    <TableCell>{t('public.unit')}</TableCell>
                    {graded && <TableCell>{t('public.grade')}</TableCell>}
                    <TableCell align="right">{t('public.score')}</TableCell>
                  </TableRow>
                </TableHead>
                <TableBody>
                  {rows.map(({ org, result }) => (
                    <TableRow key={org.id} sx={{ '&:last-child td': { border: 0 } }}>
                      {ranked && <TableCell>{result?.rank ?? t('public.unranked')}</TableCell>}
                      <TableCell>{org.name}</TableCell>
                      {graded && <TableCell>{text(result?.grade ?? undefined)}</TableCell>}
                      <TableCell align="right" sx={{ fontVariantNumeric: 'tabular-nums' }}>
                        {result?.score ?? '—'}
                      </TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            </Box>
          </Panel>
        );
      })}
    </Stack>
  );
}
