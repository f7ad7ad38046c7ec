import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Query } from '../api/http.ts';
import { useGrowing } from '../api/queries.ts';
import { useT } from '../i18n/useT.ts';
import { useKeys } from '../layout/shortcuts.ts';
import { Empty } from './Empty.tsx';
import { GrowMore } from './GrowMore.tsx';
import type { Choice } from './ListPage.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';
import { type Column, RowTable } from './RowTable.tsx';
import { focusSearch, SearchField } from './SearchField.tsx';

export interface Filter extends Choice {
  /** What is shown until somebody chooses otherwise. */
  preset?: string;
}

interface Props<Raw, Row extends { id: string }> {
  /** Under which its pages are cached. */
  cache: readonly unknown[];
  path: string;
  query?: Query;
  sort: string;
  columns: Column<Row>[];
  search?: string;
  choices?: Filter[];
  /** Makes the row of what the API answers, where that has no id of its own. */
  prepare?: (raw: Raw) => Row;
  actions?: ReactNode;
  linkTo?: (row: Row) => string;
  /** What opens when a row is chosen; which one is in the address. */
  dialog?: (row: Row, close: () => void) => ReactNode;
  /** Several rows at once. */
  several?:
    | {
        can: (row: Row) => boolean;
        label: (row: Row) => string;
        bar: (rows: Row[], clear: () => void) => ReactNode;
      }
    | undefined;
  empty: { title: string; help?: string; action?: ReactNode };
}

/** No filter: a word in the address, so that a preset can be left. */
const ALL = 'all';

/** A register inside a view: filters in the address, rows that grow as one scrolls, a dialog for one, a bar for several. */
export function Register<Raw, Row extends { id: string } = Raw & { id: string }>(props: Props<Raw, Row>) {
  const { cache, path, query = {}, columns, search, choices = [], actions, linkTo, dialog, several, empty } = props;
  const t = useT();
  const [params, setParams] = useSearchParams();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const sort = params.get('sort') ?? props.sort;
  const shownIn = ({ key, preset }: Filter) => params.get(key) ?? preset ?? ALL;
  const filter = Object.fromEntries([
    ...(params.get('q') ? [['q', params.get('q')]] : []),
    ...choices.flatMap((choice) => (shownIn(choice) === ALL ? [] : [[choice.key, shownIn(choice)]])),
  ]) as Record<string, string>;
  const narrowed = params.get('q') || choices.some((choice) => shownIn(choice) !== (choice.preset ?? ALL));
  const list = useGrowing<Raw>([...cache, path, query, filter, sort], path, { ...query, ...filter, sort, limit: 50 });
  const rows = props.prepare ? list.items.map(props.prepare) : (list.items as unknown as Row[]);
  useKeys({ '/': focusSearch });
  const change = (part: Record<string, string | undefined>) =>
    setParams(
      (was) => {
        const next = new URLSearchParams(was);
        for (const [key, value] of Object.entries(part)) {
          if (value) next.set(key, value);
          else next.delete(key);
        }
        return next;
      },
      { replace: true },
    );
  const clear = () => setPicked(new Set());
  const opened = params.get('open');
  const open = dialog && opened ? rows.find(({ id }) => id === opened) : undefined;
  const chosen = several ? rows.filter((row) => picked.has(row.id) && several.can(row)) : [];
  const pick = ({ id }: Row) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  return (
    <>
      {(search || choices.length > 0 || actions) && (
        <Stack
          direction="row"
          useFlexGap
          spacing={1.5}
          className="no-print"
          sx={{ flexWrap: 'wrap', mb: 2, alignItems: 'center' }}
        >
          {search && <SearchField label={search} value={filter.q ?? ''} onChange={(q) => change({ q })} />}
          {choices.map((choice) => (
            <TextField
              key={choice.key}
              select
              label={choice.label}
              value={shownIn(choice)}
              onChange={(event) => change({ [choice.key]: event.target.value })}
              sx={{ minWidth: 130 }}
              slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
            >
              <option value={ALL}>{t('common.all')}</option>
              {choice.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.name}
                </option>
              ))}
            </TextField>
          ))}
          {actions && (
            <Stack direction="row" spacing={1} sx={{ ml: { md: 'auto' } }}>
              {actions}
            </Stack>
          )}
        </Stack>
      )}
      {several && chosen.length > 0 && several.bar(chosen, clear)}
      {list.isPending ? (
        <Skeleton variant="rounded" height={320} aria-busy />
      ) : list.error ? (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        narrowed ? (
          <Empty
            title={t('inbox.empty.filtered')}
            help={t('inbox.empty.filteredHelp')}
            action={
              <Button
                onClick={() =>
                  change(Object.fromEntries(['q', ...choices.map(({ key }) => key)].map((key) => [key, undefined])))
                }
              >
                {t('inbox.empty.clear')}
              </Button>
            }
          />
        ) : (
          <Empty {...empty} />
        )
      ) : (
        <>
          <Paper variant="outlined" sx={{ overflow: 'hidden' }}>
            <RowTable
              rows={rows}
              columns={columns}
              linkTo={linkTo}
              onOpen={dialog && (({ id }) => change({ open: id }))}
              busy={list.isFetching && !list.isFetchingNextPage}
              sort={{ key: sort.replace(/^-/, ''), down: sort.startsWith('-') }}
              onSort={({ key, down }) => change({ sort: down ? `-${key}` : key })}
              picking={several && { picked, can: several.can, label: several.label, onPick: pick }}
            />
          </Paper>
          <GrowMore list={list} />
        </>
      )}
      {dialog && open && dialog(open, () => change({ open: undefined }))}
    </>
  );
}
