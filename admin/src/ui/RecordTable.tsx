import Skeleton from '@mui/material/Skeleton';
import { type RaRecord, useListContext } from 'ra-core';
import { type Column, RowTable } from './RowTable.tsx';

export type { Column } from './RowTable.tsx';

interface Props<Row> {
  columns: Column<Row>[];
  linkTo?: ((row: Row) => string) | undefined;
}

/** The rows of react-admin's list. */
export function RecordTable<Row extends RaRecord>({ columns, linkTo }: Props<Row>) {
  const { data, isPending, isFetching, sort, setSort } = useListContext<Row>();
  if (isPending || !data) return <Skeleton variant="rounded" height={320} aria-busy sx={{ m: 2 }} />;
  return (
    <RowTable
      rows={data}
      columns={columns}
      linkTo={linkTo}
      busy={isFetching}
      sort={{ key: sort.field, down: sort.order === 'DESC' }}
      onSort={({ key, down }) => setSort({ field: key, order: down ? 'DESC' : 'ASC' })}
    />
  );
}
