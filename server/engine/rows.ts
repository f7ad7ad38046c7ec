import type pg from 'pg';
import type { Stop } from './redates.ts';

export type Queryable = Pick<pg.Pool, 'query'>;

/** Rows by case (their `id`), their instants as text. */
export async function rowsByCase<Row>(
  db: Queryable,
  text: string,
  ...values: (readonly string[])[]
): Promise<Map<string, Row[]>> {
  const { rows } = await db.query<{ id: string } & Record<string, unknown>>(text, values);
  const groups = new Map<string, Row[]>();
  for (const { id, ...row } of rows) {
    const plain = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
    );
    const group = groups.get(id);
    if (group) group.push(plain as Row);
    else groups.set(id, [plain as Row]);
  }
  return groups;
}

/** When cases stood still: each time from its suspension to its resumption, or to null while it still does. */
export const stopsByCase = (
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, (Omit<Stop, 'to'> & { to: string | null })[]>> =>
  rowsByCase(
    db,
    `SELECT case_id AS id, at AS "from", resumed AS "to" FROM (
       SELECT case_id, seq, type, at, lead(at) OVER (PARTITION BY case_id ORDER BY seq) AS resumed FROM case_events
       WHERE case_id = ANY($1) AND type IN ('suspend', 'resume')
     ) e WHERE type = 'suspend' ORDER BY seq`,
    ids,
  );

/** Those of the times that are over. */
export const endedStops = (stops: readonly { from: string; to: string | null }[] = []): Stop[] =>
  stops.filter((stop): stop is Stop => stop.to !== null);
