import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useT } from '../i18n/useT.ts';
import { Moved } from './Moved.tsx';

interface Stand {
  score: string | null;
  rank: number | null;
  grade?: string | null;
}

interface Props {
  rows: { id: string; name: string; before: Stand; after: Stand }[];
  gradeName?: (key: string) => string;
}

/** Scores, ranks and grades before and after, side by side. */
export function MovedTable({ rows, gradeName }: Props) {
  const t = useT();
  const pair = (before: string | number | null | undefined, after: string | number | null | undefined) =>
    before === after ? (after ?? '—') : `${before ?? '—'} → ${after ?? '—'}`;
  const grade = (key: string | null | undefined) => key && gradeName?.(key);
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('cycles.org')}</TableCell>
            <TableCell align="right">{t('cycles.score')}</TableCell>
            <TableCell align="right">{t('cycles.rank')}</TableCell>
            {gradeName && <TableCell>{t('results.grade')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ id, name, before, after }) => (
            <TableRow key={id}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              <TableCell align="right">{pair(before.score, after.score)}</TableCell>
              <TableCell align="right">
                {pair(before.rank, after.rank)}
                <Moved before={before.rank} after={after.rank} />
              </TableCell>
              {gradeName && <TableCell>{pair(grade(before.grade), grade(after.grade))}</TableCell>}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
