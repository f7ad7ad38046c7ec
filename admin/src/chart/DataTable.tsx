import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ChartTable } from './table.ts';

/** Longer words get room to run in, where the screen is narrow. */
const SHORT = 14;

/** The figures of a chart, to be read one by one. */
export function DataTable({ caption, table }: { caption: string; table: ChartTable }) {
  const isLong = (at: number) => table.rows.some((row) => String(row[at] ?? '').length > SHORT);
  const isText = (at: number) => at === 0 || table.words?.includes(at) === true;
  return (
    <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={caption}>
      <Table size="small" aria-label={caption}>
        <TableHead>
          <TableRow>
            {table.columns.map((column, at) => (
              <TableCell key={column} align={isText(at) ? 'left' : 'right'}>
                {column}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {table.rows.map((row) => (
            <TableRow key={row.join('|')}>
              {row.map((value, at) => (
                <TableCell
                  key={table.columns[at]}
                  align={isText(at) ? 'left' : 'right'}
                  sx={isText(at) ? { minWidth: isLong(at) ? '14em' : '6em' } : { fontVariantNumeric: 'tabular-nums' }}
                  {...(at === 0 ? { component: 'th', scope: 'row' } : {})}
                >
                  {value ?? '—'}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
