import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useKnown } from '../i18n/known.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { type Result, type Results, useResults } from './api.ts';
import { Moved } from './Moved.tsx';
import { byCategory } from './ranking.ts';

/** The ranking, each category apart: units are compared with their like only. */
export function Ranking({ cycleId }: { cycleId: string }) {
  const t = useT();
  const text = useText();
  const known = useKnown();
  const { data, error, isPending, refetch } = useResults(cycleId);
  if (isPending) return <Skeleton variant="rounded" height={300} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('cycles.resultsEmpty')} help={t('cycles.resultsEmptyHelp')} />;
  const gradeName = (key: string | null) => text(data.grades.find((one) => one.key === key)?.name) || (key ?? '');
  return (
    <Stack spacing={2.5}>
      {!data.public && <Tag tone="soon">{t('results.notPublic')}</Tag>}
      {byCategory(data.items).map(({ category, rows }) => (
        <ChartPanel
          key={category}
          title={known('orgs.categories', category)}
          note={t('common.shown', { total: rows.length })}
          table={{
            columns: [t('cycles.org'), t('cycles.rank'), t('cycles.score'), t('results.grade'), t('results.before')],
            rows: rows.map((row) => [
              row.org.name,
              row.rank,
              row.score,
              gradeName(row.grade),
              row.before && [row.before.score, row.before.rank, gradeName(row.before.grade)].join(' / '),
            ]),
          }}
        >
          <Rows rows={rows} data={data} gradeName={gradeName} />
        </ChartPanel>
      ))}
    </Stack>
  );
}

interface RowsProps {
  rows: Result[];
  data: Results;
  gradeName: (key: string | null) => string;
}

function Rows({ rows, data, gradeName }: RowsProps) {
  const t = useT();
  const graded = data.grades.length > 0;
  return (
    <Box sx={{ overflowX: 'auto', mx: { xs: -2, sm: -2.5 } }}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell sx={{ width: 64 }}>{t('cycles.rank')}</TableCell>
            <TableCell>{t('cycles.org')}</TableCell>
            <TableCell align="right">{t('cycles.score')}</TableCell>
            {graded && <TableCell>{t('results.grade')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.org.id} hover sx={{ '&:last-child td': { border: 0 }, verticalAlign: 'top' }}>
              <TableCell sx={{ fontWeight: (row.rank ?? 9) <= 3 ? 700 : 400, fontVariantNumeric: 'tabular-nums' }}>
                {row.rank ?? t('cycles.unranked')}
                {row.before && <Moved before={row.before.rank} after={row.rank} />}
              </TableCell>
              <TableCell>
                <Unit row={row} gradeName={gradeName} />
              </TableCell>
              <TableCell align="right" sx={{ fontVariantNumeric: 'tabular-nums' }}>
                {row.score ?? '—'}
                {row.before && row.before.score !== row.score && (
                  <Typography variant="caption" color="text.secondary" component="div">
                    {t('results.was', { what: row.before.score ?? '—' })}
                  </Typography>
                )}
              </TableCell>
              {graded && <TableCell>{row.grade ? gradeName(row.grade) : '—'}</TableCell>}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

/** Who it is, and everything that was decided about the result, each with its reason. */
function Unit({ row, gradeName }: { row: Result; gradeName: RowsProps['gradeName'] }) {
  const t = useT();
  const text = useText();
  const notes = [
    ...(row.computedGrade && row.computedGrade !== row.grade
      ? [t('results.decided', { from: gradeName(row.computedGrade), to: gradeName(row.grade) })]
      : []),
    ...row.because.map(text),
    ...(row.appeal ? [t('results.appealed', { findings: row.appeal.findings ?? '' })] : []),
  ];
  return (
    <>
      {row.caseId ? (
        <Box component={Link} to={`/cases/${row.caseId}`} data-row sx={{ color: 'text.primary', fontWeight: 600 }}>
          {row.org.name}
        </Box>
      ) : (
        row.org.name
      )}
      {notes.map((note) => (
        <Typography key={note} variant="caption" color="text.secondary" component="div">
          {note}
        </Typography>
      ))}
      {row.uses.length > 0 && (
        <Stack direction="row" useFlexGap sx={{ flexWrap: 'wrap', gap: 0.5, mt: 0.25 }}>
          {row.uses.map((use) => (
            <Tag key={use.key} tone={use.withheld ? 'plain' : 'calm'} title={text(use.withheld ?? use.because)}>
              {use.withheld ? <s>{text(use.name)}</s> : text(use.name)}
            </Tag>
          ))}
        </Stack>
      )}
    </>
  );
}
