import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Database } from './deps.ts';
import { isBadValue } from './errors.ts';
import { problem } from './problem.ts';
import { searchText } from './schema.ts';

/** Query of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(25),
  after: z.string().max(1000).optional(),
  q: searchText.optional(),
  sort: z.string().max(50).optional(),
};

export interface PageQuery {
  limit: number;
  after?: string | undefined;
  q?: string | undefined;
  sort?: string | undefined;
}

/** The answer of every list: `next` is the cursor of the next page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.int(), next: z.string().nullable() });

export interface Page<Row> {
  items: Row[];
  total: number;
  next: string | null;
}

/** A column to sort by: an expression that is never null, and its type, as which a cursor's value comes back. */
export interface SortColumn {
  by: Prisma.Sql;
  type: 'text' | 'timestamptz' | 'int' | 'numeric' | 'uuid';
}

export interface PageSpec {
  columns: Prisma.Sql;
  /** FROM with joins. */
  from: Prisma.Sql;
  where: Prisma.Sql[];
  sorts: Record<string, SortColumn>;
  /** Sort when none is asked for, e.g. `-openedAt`. */
  sort: string;
  /** Makes the order total: the row's own key, as text. */
  id: Prisma.Sql;
}

interface Cursor {
  sort: string;
  value: string;
  id: string;
}

/**
 * Reads one page by keyset: `(sort column, id)` after the last row seen, so a deep page costs as much as the first and rows
 * that come or go do not shift it.
 *
 * @example
 * SELECT … FROM org_units o WHERE (o.code COLLATE "C", o.id::text) > ($1, $2) ORDER BY 1, 2 LIMIT 26
 */
export const readPage = async <Row extends object>(
  db: Database,
  spec: PageSpec,
  query: PageQuery,
): Promise<Page<Row>> => {
  const sort = query.sort ?? spec.sort;
  const down = sort.startsWith('-');
  const name = down ? sort.slice(1) : sort;
  const column = Object.hasOwn(spec.sorts, name) ? spec.sorts[name] : undefined;
  if (!column) throw problem('sort.unknown', { allowed: Object.keys(spec.sorts).flatMap((one) => [one, `-${one}`]) });
  const cursor = query.after === undefined ? undefined : readCursor(query.after, sort);
  const filters = joinAnd(spec.where);
  const after = cursor ? afterCursor(spec, column, cursor, down) : Prisma.sql`TRUE`;
  const direction = down ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const rows = await db
    .$queryRaw<(Row & { page_value: string; page_id: string })[]>(Prisma.sql`
    SELECT ${spec.columns}, (${column.by})::text AS page_value, ${spec.id} AS page_id
    FROM ${spec.from} WHERE ${filters} AND ${after}
    ORDER BY ${column.by} ${direction}, ${spec.id} ${direction} LIMIT ${query.limit + 1}`)
    .catch((error) => {
      throw cursor && isBadValue(error) ? problem('cursor.invalid') : error;
    });
  const counted = await db.$queryRaw<{ total: number }[]>(
    Prisma.sql`SELECT count(*)::int AS total FROM ${spec.from} WHERE ${filters}`,
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const next =
    rows.length > items.length && last ? writeCursor({ sort, value: last.page_value, id: last.page_id }) : null;
  return { items: items.map(withoutCursor), total: counted[0]?.total ?? 0, next };
};

/** A row as it was asked for, without what the cursor is made of. */
const withoutCursor = <Row>({ page_value: _, page_id: __, ...row }: Row & { page_value: string; page_id: string }) =>
  row as Row;

/** All conditions together; TRUE when there is none. */
export const joinAnd = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join([...conditions], ' AND ');

const afterCursor = (spec: PageSpec, column: SortColumn, { value, id }: Cursor, down: boolean): Prisma.Sql => {
  const typed = Prisma.sql`${value}::text::${Prisma.raw(column.type)}`;
  return down
    ? Prisma.sql`(${column.by}, ${spec.id}) < (${typed}, ${id})`
    : Prisma.sql`(${column.by}, ${spec.id}) > (${typed}, ${id})`;
};

const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(Object.values(cursor))).toString('base64url');

const readCursor = (text: string, sort: string): Cursor => {
  const parts = parse(text);
  const [used, value, id] = Array.isArray(parts) ? parts : [];
  if (used !== sort || typeof value !== 'string' || typeof id !== 'string') throw problem('cursor.invalid');
  if (`${value}${id}`.includes('\0')) throw problem('cursor.invalid');
  return { sort, value, id };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** A text to look for, as a pattern in which nothing but our own `%` is special. */
export const likePattern = (text: string): string => `%${text.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`;
