import pg from 'pg';
import { countingOf } from '../../workflows/ballots/groups.ts';
import type { AssessorGroup } from '../../workflows/ballots/schema.ts';
import { type GroupBallots, gather, type Part, type Places } from '../../workflows/ballots/stats.ts';
import type { Queryable } from '../engine/rows.ts';
import type { Participant } from './participants.ts';

/** The round in which a group's ballots stand. */
export interface Counted {
  roundId: string;
  group: AssessorGroup;
}

/** The last round in which each group of a cycle was asked. */
export async function lastRounds(db: Queryable, cycleId: string, groups: readonly AssessorGroup[]): Promise<Counted[]> {
  const { rows } = await db.query<{ key: string; id: string }>(
    `SELECT DISTINCT ON (g.key) g.key, r.id FROM ballot_rounds r CROSS JOIN unnest(r.groups) AS g(key) WHERE r.cycle_id = $1
     ORDER BY g.key, r.opened_at DESC, r.round DESC, r.id DESC`,
    [cycleId],
  );
  const roundOf = new Map(rows.map(({ key, id }) => [key, id]));
  return groups.flatMap((group) => {
    const roundId = roundOf.get(group.key);
    return roundId === undefined ? [] : [{ roundId, group }];
  });
}

/**
 * Counts all ballots of these rounds in one pass, into a table of the transaction: a row for each participant and kind of sheet
 * (group, layer, spoilt or not), so that `takeCounted` reads few of them, some participants at a time: memory does not grow with
 * their number. Sheets that were not handed in, and units that an assessor was recused from, are left out.
 */
export async function countBallots(db: Queryable, rounds: readonly Counted[]): Promise<void> {
  // The values are ids and keys of ours, quoted: with them in sight, the planner knows how many ballots there are.
  const list = rounds.map(({ roundId, group }) => row(roundId, group.key)).join() || row(NOWHERE, '');
  const ranked = rounds.flatMap(({ roundId, group }) => (group.ranks ? [row(roundId, group.key)] : []));
  await db.query(FOR_ALL_ROWS);
  await longQuery(
    db,
    `INSERT INTO counted
    SELECT case_id, kind, json_agg(item), json_agg(option), json_agg(rows), json_agg(n), json_agg(sum::text), json_agg(min::text), json_agg(max::text)
    FROM (
      SELECT b.case_id, s.kind, b.item, b.option, count(*) AS rows, count(b.value) AS n, sum(b.value) AS sum, min(b.value) AS min, max(b.value) AS max
      FROM (
        SELECT s.id, json_build_array(s.group_key, s.layer, s.spoilt IS NULL)::text AS kind
        FROM ballot_sheets s WHERE (s.round_id, s.group_key) IN (VALUES ${list}) AND s.state = 'submitted'
      ) AS s JOIN ballots b ON b.sheet_id = s.id
      WHERE ${STANDS} GROUP BY b.case_id, s.kind, b.item, b.option
    ) AS parts GROUP BY case_id, kind`,
  );
  await db.query('SET LOCAL enable_sort = on');
  if (ranked.length > 0)
    await longQuery(
      db,
      `INSERT INTO counted_places
      SELECT case_id, group_key, layer, item, array_agg(place::int ORDER BY place)
      FROM (
        SELECT b.case_id, s.group_key, b.item, s.layer, rank() OVER (PARTITION BY s.id, b.item, p.category ORDER BY b.value DESC) AS place
        FROM ballot_sheets s JOIN ballots b ON b.sheet_id = s.id JOIN cycle_participants p ON p.case_id = b.case_id
        WHERE (s.round_id, s.group_key) IN (VALUES ${ranked.join()}) AND s.state = 'submitted' AND s.spoilt IS NULL
          AND b.value IS NOT NULL AND ${STANDS}
      ) AS places GROUP BY case_id, group_key, layer, item`,
    );
}

/**
 * The engine's connections are set for finding few rows by key; here all are read, for this transaction. Sorted, every ballot would
 * go to disk; hashed, it is added up where it is found. The tables' columns are long and short-lived: not worth compressing.
 */
const FOR_ALL_ROWS = `SET LOCAL enable_seqscan = on; SET LOCAL enable_sort = off; SET LOCAL work_mem = '128MB'; SET LOCAL statement_timeout = '15min';
  DROP TABLE IF EXISTS counted, counted_places;
  CREATE TEMP TABLE counted (case_id uuid, kind text, items json STORAGE EXTERNAL, options json STORAGE EXTERNAL, rows json STORAGE EXTERNAL,
    n json STORAGE EXTERNAL, sums json STORAGE EXTERNAL, least json STORAGE EXTERNAL, most json STORAGE EXTERNAL, PRIMARY KEY (case_id, kind)) ON COMMIT DROP;
  CREATE TEMP TABLE counted_places (case_id uuid, group_key text, layer text, item text, places int[]) ON COMMIT DROP`;
const LONGEST_MS = 15 * 60_000;
/** A statement over all ballots may take longer than others. */
const longQuery = (db: Queryable, text: string) => db.query({ text, query_timeout: LONGEST_MS } as pg.QueryConfig);

const STANDS = `NOT EXISTS (SELECT FROM ballot_targets t WHERE t.sheet_id = b.sheet_id AND t.case_id = b.case_id AND t.state <> 'due')`;
const NOWHERE = '00000000-0000-0000-0000-000000000000';
const row = (roundId: string, group: string) => `(${pg.escapeLiteral(roundId)}::uuid, ${pg.escapeLiteral(group)})`;

/** What the sheets of one kind say of a participant: a column each, with one entry for an item and option. */
interface CountedRow {
  case_id: string;
  /** [group, layer, whether they count], as JSON. */
  kind: string;
  items: string[];
  options: (string | null)[];
  rows: number[];
  n: number[];
  sums: (string | null)[];
  least: (string | null)[];
  most: (string | null)[];
}

/** The counted ballots of some participants, by case and group. */
export async function takeCounted(
  db: Queryable,
  rounds: readonly Counted[],
  participants: readonly Pick<Participant, 'caseId' | 'category'>[],
): Promise<Map<string, Record<string, GroupBallots>>> {
  const caseIds = participants.map(({ caseId }) => caseId);
  const { rows } = await db.query<CountedRow>('SELECT * FROM counted WHERE case_id = ANY($1::uuid[])', [caseIds]);
  const ranked = rounds.some(({ group }) => group.ranks);
  const { rows: given } = ranked
    ? await db.query<Places & { case_id: string; group_key: string }>(
        'SELECT * FROM counted_places WHERE case_id = ANY($1::uuid[])',
        [caseIds],
      )
    : { rows: [] };
  const found = new Map<string, { parts: Part[]; places: Places[] }>();
  const of = (caseId: string, group: string) => {
    const key = `${caseId}/${group}`;
    const known = found.get(key) ?? { parts: [], places: [] };
    found.set(key, known);
    return known;
  };
  for (const counted of rows) {
    const [group, layer, valid] = JSON.parse(counted.kind) as [string, string | null, boolean];
    const { parts } = of(counted.case_id, group);
    for (const part of partsOf(counted, layer, valid)) parts.push(part);
  }
  for (const { case_id, group_key, item, layer, places } of given)
    of(case_id, group_key).places.push({ item, layer, places });
  return new Map(
    participants.map(({ caseId, category }) => [
      caseId,
      Object.fromEntries(
        rounds.map(({ group }): [string, GroupBallots] => {
          const { parts, places } = of(caseId, group.key);
          return [group.key, gather(parts.sort(inOrder), places, countingOf(group, category))];
        }),
      ),
    ]),
  );
}

const partsOf = (
  { items, options, rows, n, sums, least, most }: CountedRow,
  layer: string | null,
  valid: boolean,
): Part[] =>
  items.map((item, i) => ({
    item,
    layer,
    option: options[i] ?? null,
    valid,
    rows: rows[i] ?? 0,
    n: n[i] ?? 0,
    sum: sums[i] ?? null,
    min: least[i] ?? null,
    max: most[i] ?? null,
  }));

/** By item, layer, option, spoilt ones first; none of it comes last: the same ballots always give the same data. */
const inOrder = (a: Part, b: Part): number =>
  compare(a.item, b.item) ||
  compare(a.layer, b.layer) ||
  compare(a.option, b.option) ||
  Number(a.valid) - Number(b.valid);

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
