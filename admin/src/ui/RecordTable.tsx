import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type RaRecord, useListContext } from 'ra-core';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';

export interface Column<Row> {
  key: string;
  label: string;
  /** The API can sort by this key. */
  sort?: boolean;
  number?: boolean;
  /** Left out on a phone; the first column is the row's heading there. */
  wide?: boolean;
  width?: number | string;
  render: (row: Row) => ReactNode;
}

interface Props<Row> {
  columns: Column<Row>[];
  linkTo?: ((row: Row) => string) | undefined;
}

/** The rows of react-admin's list: a table on a desk, entries on a phone. The first cell is the link. */
export function RecordTable<Row extends RaRecord>({ columns, linkTo }: Props<Row>) {
  const { data, isPending, isFetching, sort, setSort } = useListContext<Row>();
  const narrow = useMediaQuery('(max-width: 700px)');
  if (isPending || !data) return <Skeleton variant="rounded" height={320} aria-busy sx={{ m: 2 }} />;
  if (narrow) return <Entries rows={data} columns={columns} linkTo={linkTo} />;

  return (
    <Box sx={{ overflowX: 'auto', opacity: isFetching ? 0.7 : 1, transition: 'opacity 120ms' }}>
      <Table size="small">
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell
                key={column.key}
                align={column.number ? 'right' : 'left'}
                sx={{ width: column.width }}
                {...(column.sort && sort.field === column.key
                  ? { sortDirection: sort.order === 'DESC' ? ('desc' as const) : ('asc' as const) }
                  : {})}
              >
                {column.sort ? (
                  <TableSortLabel
                    active={sort.field === column.key}
                    direction={sort.order === 'DESC' && sort.field === column.key ? 'desc' : 'asc'}
                    onClick={() =>
                      setSort({
                        field: column.key,
                        order: sort.field === column.key && sort.order === 'ASC' ? 'DESC' : 'ASC',
                      })
                    }
                  >
                    {column.label}
                  </TableSortLabel>
                ) : (
                  column.label
                )}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {data.map((row) => (
            <TableRow key={row.id} hover sx={{ '&:last-child td': { border: 0 } }}>
              {columns.map((column, at) => (
                <TableCell key={column.key} align={column.number ? 'right' : 'left'}>
                  {at === 0 && linkTo ? (
                    <Box
                      component={Link}
                      to={linkTo(row)}
                      data-row
                      sx={{ fontWeight: 600, color: 'text.primary', '&:hover': { color: 'primary.main' } }}
                    >
                      {column.render(row)}
                    </Box>
                  ) : (
                    column.render(row)
                  )}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function Entries<Row extends RaRecord>({
  rows,
  columns,
  linkTo,
}: Props<Row> & { rows: Row[]; linkTo: Props<Row>['linkTo'] }) {
  const [first, ...others] = columns;
  const shown = others.filter((column) => !column.wide);
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {rows.map((row) => (
        <Box
          component="li"
          key={row.id}
          sx={{ px: 2, py: 1.25, '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}
        >
          <Box
            {...(linkTo ? { component: Link, to: linkTo(row) } : {})}
            sx={{ fontWeight: 600, color: 'text.primary', display: 'block' }}
          >
            {first?.render(row)}
          </Box>
          <Typography
            variant="caption"
            color="text.secondary"
            component="div"
            sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}
          >
            {shown.map((column) => (
              <span key={column.key}>{column.render(row)}</span>
            ))}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
