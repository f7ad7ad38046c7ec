import pg from 'pg';
import type { AssessorGroup } from '../../workflows/ballots/schema.ts';
import { type GroupBallots, gather, type Part } from '../../workflows/ballots/stats.ts';
import type { Queryable } from '../engine/rows.ts';

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
 * Counts all ballots of these rounds in one statement, into a table of the transaction: by participant, group, item, layer, option
 * and whether the sheet counts. Sheets that were not handed in, and units that an assessor was recused from, are left out.
 * `takeCounted` reads it, some participants at a time, so that memory does not grow with their number.
 */
export async function countBallots(db: Queryable, rounds: readonly Counted[]): Promise<void> {
  // A statement that makes a table takes no parameters; the values are ids and keys of ours, quoted.
  const list = rounds.map(({ roundId, group }) => row(roundId, group.key)).join() || row(NOWHERE, '');
  const ranked = rounds.flatMap(({ roundId, group }) => (group.ranks ? [row(roundId, group.key)] : []));
  await db.query(FOR_ALL_ROWS);
  await longQuery(
    db,
    `CREATE TEMP TABLE counted ON COMMIT DROP AS
    SELECT b.case_id, s.group_key, b.item, s.layer, b.option, s.spoilt IS NULL AS valid, count(*) AS rows, count(b.value) AS n,
      sum(b.value) AS sum, min(b.value) AS min, max(b.value) AS max, NULL::int[] AS ranks
    FROM ballot_sheets s JOIN ballots b ON b.sheet_id = s.id
    WHERE (s.round_id, s.group_key) IN (VALUES ${list}) AND s.state = 'submitted' AND ${STANDS}
    GROUP BY b.case_id, s.group_key, b.item, s.layer, b.option, s.spoilt IS NULL`,
  );
  if (ranked.length > 0)
    await longQuery(
      db,
      `INSERT INTO counted
      SELECT case_id, group_key, item, layer, NULL, true, 0, 0, NULL, NULL, NULL, array_agg(place::int ORDER BY place)
      FROM (
        SELECT b.case_id, s.group_key, b.item, s.layer, rank() OVER (PARTITION BY s.id, b.item, p.category ORDER BY b.value DESC) AS place
        FROM ballot_sheets s JOIN ballots b ON b.sheet_id = s.id JOIN cycle_participants p ON p.case_id = b.case_id
        WHERE (s.round_id, s.group_key) IN (VALUES ${ranked.join()}) AND s.state = 'submitted' AND s.spoilt IS NULL
          AND b.value IS NOT NULL AND ${STANDS}
      ) AS places GROUP BY case_id, group_key, item, layer`,
    );
  await db.query('CREATE INDEX ON counted (case_id)');
}

/** The engine's connections are set for finding few rows by key; here all are read, for this transaction. */
const FOR_ALL_ROWS = `SET LOCAL enable_seqscan = on; SET LOCAL work_mem = '128MB'; SET LOCAL statement_timeout = '15min'; DROP TABLE IF EXISTS counted`;
const LONGEST_MS = 15 * 60_000;
/** A statement over all ballots may take longer than others. */
const longQuery = (db: Queryable, text: string) => db.query({ text, query_timeout: LONGEST_MS } as pg.QueryConfig);

const STANDS = `NOT EXISTS (SELECT FROM ballot_targets t WHERE t.sheet_id = b.sheet_id AND t.case_id = b.case_id AND t.state <> 'due')`;
const NOWHERE = '00000000-0000-0000-0000-000000000000';
const row = (roundId: string, group: string) => `(${pg.escapeLiteral(roundId)}::uuid, ${pg.escapeLiteral(group)})`;

type PartRow = [
  string,
  string | null,
  string | null,
  boolean,
  number,
  number,
  string | null,
  string | null,
  string | null,
  number[] | null,
];

/** The counted ballots of some participants, by case and group. */
export async function takeCounted(
  db: Queryable,
  rounds: readonly Counted[],
  caseIds: readonly string[],
): Promise<Map<string, Record<string, GroupBallots>>> {
  const { rows } = await db.query<{ case_id: string; group_key: string; parts: PartRow[] }>(
    `SELECT case_id, group_key, json_agg(json_build_array(item, layer, option, valid, rows, n, sum::text, min::text, max::text, ranks)
       ORDER BY item, layer, option, valid) AS parts
     FROM counted WHERE case_id = ANY($1::uuid[]) GROUP BY case_id, group_key`,
    [caseIds],
  );
  const groups = new Map(rounds.map(({ group }) => [group.key, group]));
  const empty = () =>
    Object.fromEntries(
      [...groups.keys()].map((key): [string, GroupBallots] => [key, { cast: 0, valid: 0, items: {} }]),
    );
  const found = new Map(caseIds.map((id) => [id, empty()]));
  for (const { case_id, group_key, parts } of rows) {
    const own = found.get(case_id);
    if (own)
      own[group_key] = gather(
        parts.flatMap((part) => (part[9] ? [] : [partOf(part)])),
        parts.flatMap(([item, layer, , , , , , , , places]) => (places ? [{ item, layer, places }] : [])),
        groups.get(group_key)?.minVotes,
      );
  }
  return found;
}

const partOf = ([item, layer, option, valid, rows, n, sum, min, max]: PartRow): Part => ({
  item,
  layer,
  option,
  valid,
  rows,
  n,
  sum,
  min,
  max,
});
