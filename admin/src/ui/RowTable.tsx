import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
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

export interface Sort {
  key: string;
  down: boolean;
}

/** Rows that are chosen, to do something with several of them. */
export interface Picking<Row> {
  picked: ReadonlySet<string>;
  label: (row: Row) => string;
  /** Rows with which nothing can be done are not offered. */
  can: (row: Row) => boolean;
  onPick: (row: Row) => void;
}

export interface RowTableProps<Row> {
  rows: readonly Row[];
  columns: Column<Row>[];
  /** The first cell leads to a page … */
  linkTo?: ((row: Row) => string) | undefined;
  /** … or opens something here. */
  onOpen?: ((row: Row) => void) | undefined;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  picking?: Picking<Row> | undefined;
  busy?: boolean | undefined;
}

/** Rows: a table on a desk, entries on a phone. The first cell is what one goes on by. */
export function RowTable<Row extends { id: string | number }>(props: RowTableProps<Row>) {
  const narrow = useMediaQuery('(max-width: 700px)');
  return narrow ? <Entries {...props} /> : <Cells {...props} />;
}

function Cells<Row extends { id: string | number }>({
  rows,
  columns,
  linkTo,
  onOpen,
  sort,
  onSort,
  picking,
  busy,
}: RowTableProps<Row>) {
  return (
    <Box sx={{ overflowX: 'auto', opacity: busy ? 0.7 : 1, transition: 'opacity 120ms' }}>
      <Table size="small">
        <TableHead>
          <TableRow>
            {picking && <TableCell component="td" padding="checkbox" />}
            {columns.map((column) => {
              const active = sort?.key === column.key;
              return (
                <TableCell
                  key={column.key}
                  component={column.label ? 'th' : 'td'}
                  align={column.number ? 'right' : 'left'}
                  sx={{ width: column.width }}
                  {...(column.sort && active
                    ? { sortDirection: sort.down ? ('desc' as const) : ('asc' as const) }
                    : {})}
                >
                  {column.sort ? (
                    <TableSortLabel
                      active={active}
                      direction={active && sort.down ? 'desc' : 'asc'}
                      onClick={() => onSort?.({ key: column.key, down: active && !sort.down })}
                    >
                      {column.label}
                    </TableSortLabel>
                  ) : (
                    column.label
                  )}
                </TableCell>
              );
            })}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id} hover sx={{ '&:last-child td': { border: 0 } }}>
              {picking && (
                <TableCell padding="checkbox">
                  <Pick row={row} {...picking} />
                </TableCell>
              )}
              {columns.map((column, at) => (
                <TableCell key={column.key} align={column.number ? 'right' : 'left'}>
                  {at === 0 ? (
                    <First row={row} linkTo={linkTo} onOpen={onOpen}>
                      {column.render(row)}
                    </First>
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

function Entries<Row extends { id: string | number }>({ rows, columns, linkTo, onOpen, picking }: RowTableProps<Row>) {
  const [first, ...others] = columns;
  const shown = others.filter((column) => !column.wide);
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {rows.map((row) => (
        <Box
          component="li"
          key={row.id}
          sx={{
            display: 'flex',
            gap: 1,
            px: 2,
            py: 1.25,
            '& + &': { borderTop: '1px solid', borderColor: 'divider' },
          }}
        >
          {picking && <Pick row={row} {...picking} />}
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <First row={row} linkTo={linkTo} onOpen={onOpen} block>
              {first?.render(row)}
            </First>
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
        </Box>
      ))}
    </Box>
  );
}

interface FirstProps<Row> extends Pick<RowTableProps<Row>, 'linkTo' | 'onOpen'> {
  row: Row;
  block?: boolean;
  children: ReactNode;
}

function First<Row>({ row, linkTo, onOpen, block = false, children }: FirstProps<Row>) {
  const look = {
    fontWeight: 600,
    color: 'text.primary',
    ...(block && { display: 'block' }),
    '&:hover': { color: 'primary.main' },
  };
  if (linkTo)
    return (
      <Box component={Link} to={linkTo(row)} data-row sx={look}>
        {children}
      </Box>
    );
  if (onOpen)
    return (
      <Box
        component="button"
        type="button"
        data-row
        onClick={() => onOpen(row)}
        sx={{
          font: 'inherit',
          ...look,
          background: 'none',
          border: 0,
          p: 0,
          textAlign: 'start',
          cursor: 'pointer',
          minHeight: 24,
        }}
      >
        {children}
      </Box>
    );
  return <Box sx={{ fontWeight: block ? 600 : undefined }}>{children}</Box>;
}

function Pick<Row extends { id: string | number }>({ row, picked, label, can, onPick }: Picking<Row> & { row: Row }) {
  if (!can(row)) return null;
  return (
    <Checkbox
      size="small"
      checked={picked.has(String(row.id))}
      onChange={() => onPick(row)}
      slotProps={{ input: { 'aria-label': label(row) } }}
    />
  );
}
