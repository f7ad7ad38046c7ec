import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { ListBase, type RaRecord, useListContext } from 'ra-core';
import type { ReactNode } from 'react';
import { useT } from '../i18n/useT.ts';
import { useKeys } from '../layout/shortcuts.ts';
import { Empty } from './Empty.tsx';
import { Page } from './Page.tsx';
import { Pager } from './Pager.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';
import { type Column, RecordTable } from './RecordTable.tsx';
import { focusSearch, SearchField } from './SearchField.tsx';

export interface Choice {
  key: string;
  label: string;
  options: { value: string; name: string }[];
}

interface Props<Row extends RaRecord> {
  resource: string;
  title: string;
  under?: string;
  /** Another address than `/resource`, e.g. the cases of one cycle. */
  path?: string;
  sort: { field: string; order: 'ASC' | 'DESC' };
  columns: Column<Row>[];
  linkTo?: (row: Row) => string;
  search?: string;
  choices?: Choice[];
  filter?: Record<string, unknown>;
  actions?: ReactNode;
  /** What stands over the list. */
  head?: ReactNode;
  empty: { title: string; help?: string; action?: ReactNode };
}

/** A list of records: search and filters in the address, sorting, pages, an empty state that says what to do. */
export function ListPage<Row extends RaRecord>(props: Props<Row>) {
  return (
    <ListBase
      resource={props.resource}
      sort={props.sort}
      perPage={25}
      {...(props.filter ? { filter: props.filter } : {})}
      queryOptions={{ ...(props.path ? { meta: { path: props.path } } : {}) }}
      disableAuthentication
    >
      <Page title={props.title} under={props.under} actions={props.actions}>
        {props.head && <Box sx={{ mb: 2.5 }}>{props.head}</Box>}
        <ListBody {...props} />
      </Page>
    </ListBase>
  );
}

/** The list without a page around it, inside a `ListBase`. */
export function ListBody<Row extends RaRecord>({
  columns,
  linkTo,
  search,
  choices = [],
  empty,
}: Omit<Props<Row>, 'resource' | 'title' | 'sort'>) {
  const t = useT();
  const { filterValues, setFilters, isPending, error, refetch, total } = useListContext<Row>();
  const filtered = Object.values(filterValues).some((value) => value !== undefined && value !== '');
  useKeys({ '/': focusSearch });
  const change = (part: Record<string, string>) => {
    const next = Object.entries({ ...filterValues, ...part }).filter(
      ([, value]) => value !== '' && value !== undefined,
    );
    setFilters(Object.fromEntries(next), []);
  };
  return (
    <>
      {(search || choices.length > 0) && (
        <Stack direction="row" useFlexGap spacing={1.5} className="no-print" sx={{ flexWrap: 'wrap', mb: 2 }}>
          {search && <SearchField label={search} value={filterValues.q ?? ''} onChange={(q) => change({ q })} />}
          {choices.map((choice) => (
            <TextField
              key={choice.key}
              select
              label={choice.label}
              value={filterValues[choice.key] ?? ''}
              onChange={(event) => change({ [choice.key]: event.target.value })}
              sx={{ minWidth: 150 }}
            >
              <MenuItem value="">{t('common.all')}</MenuItem>
              {choice.options.map((option) => (
                <MenuItem key={option.value} value={option.value}>
                  {option.name}
                </MenuItem>
              ))}
            </TextField>
          ))}
        </Stack>
      )}
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : !isPending && total === 0 ? (
        filtered ? (
          <Empty
            title={t('inbox.empty.filtered')}
            help={t('inbox.empty.filteredHelp')}
            action={<Button onClick={() => setFilters({}, [])}>{t('inbox.empty.clear')}</Button>}
          />
        ) : (
          <Empty {...empty} />
        )
      ) : (
        <Paper variant="outlined" sx={{ overflow: 'hidden' }}>
          <RecordTable columns={columns} {...(linkTo ? { linkTo } : {})} />
          <Pager />
        </Paper>
      )}
    </>
  );
}
