import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useResults } from '../api/queries.ts';
import type { Cycle, Result } from '../api/types.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { byCategory } from './ranking.ts';

/** The ranking, each category apart: units are compared with their like only. */
export default function Results({ cycle: { id: cycleId } }: { cycle: Cycle }) {
  const t = useT();
  const known = useKnown();
  const { data, error, isPending, refetch } = useResults(cycleId);
  if (isPending) return <Skeleton variant="rounded" height={300} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('cycles.resultsEmpty')} help={t('cycles.resultsEmptyHelp')} />;
  return (
    <Box
      sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { md: 'repeat(2, minmax(0, 1fr))' }, alignItems: 'start' }}
    >
      {byCategory(data.items).map(({ category, rows }) => (
        <Panel
          key={category}
          title={known('orgs.categories', category)}
          note={t('common.shown', { total: rows.length })}
          flush
        >
          <Ranking rows={rows} />
        </Panel>
      ))}
    </Box>
  );
}

function Ranking({ rows }: { rows: Result[] }) {
  const t = useT();
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          <TableCell sx={{ width: 64 }}>{t('cycles.rank')}</TableCell>
          <TableCell>{t('cycles.org')}</TableCell>
          <TableCell align="right">{t('cycles.score')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.org.id} hover sx={{ '&:last-child td': { border: 0 } }}>
            <TableCell
              sx={{
                fontWeight: row.rank !== null && row.rank <= 3 ? 700 : 400,
                color: row.rank !== null && row.rank <= 3 ? 'primary.main' : 'text.primary',
              }}
            >
              {row.rank ?? t('cycles.unranked')}
            </TableCell>
            <TableCell>{row.org.name}</TableCell>
            <TableCell align="right">{row.score}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
