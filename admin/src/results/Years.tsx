import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useYears, type Years as YearsData } from './api.ts';
import { Moved } from './Moved.tsx';
import { byCategory } from './ranking.ts';

/** Ranks year on year, and who climbed the most. */
export function Years({ cycleId }: { cycleId: string }) {
  const t = useT();
  const known = useKnown();
  const format = useFormat();
  const { data, error, isPending, refetch } = useYears(cycleId);
  if (isPending) return <Skeleton variant="rounded" height={300} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('cycles.resultsEmpty')} help={t('cycles.resultsEmptyHelp')} />;
  const ranked = data.items.map((item) => ({ ...item, rank: item.years.at(-1)?.rank ?? null }));
  return (
    <Stack spacing={2.5}>
      {byCategory(ranked).map(({ category, rows }) => {
        const best = data.biggestClimb.find((one) => one.category === category);
        return (
          <ChartPanel
            key={category}
            title={known('orgs.categories', category)}
            note={
              best &&
              t('results.climb', { names: format.list(best.orgs.map(({ name }) => name)), smart_count: best.places })
            }
            table={{
              columns: [t('cycles.org'), ...data.years.map(String), t('results.climbed')],
              rows: rows.map((row) => [
                row.org.name,
                ...data.years.map((year) => row.years.find((one) => one.year === year)?.rank ?? null),
                row.climbed,
              ]),
            }}
          >
            <Rows rows={rows} years={data.years} />
          </ChartPanel>
        );
      })}
    </Stack>
  );
}

function Rows({ rows, years }: { rows: YearsData['items']; years: number[] }) {
  const t = useT();
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('cycles.org')}</TableCell>
            {years.map((year) => (
              <TableCell key={year} align="right">
                {year}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.org.id}>
              <TableCell component="th" scope="row">
                {row.org.name}
              </TableCell>
              {years.map((year, at) => {
                const one = row.years.find((found) => found.year === year);
                const before = row.years.find((found) => found.year === years[at - 1]);
                return (
                  <TableCell key={year} align="right">
                    {one?.rank ?? '—'}
                    {one && before && <Moved before={before.rank} after={one.rank} />}
                    {one?.score && (
                      <Typography variant="caption" color="text.secondary" component="div">
                        {one.score}
                      </Typography>
                    )}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
