import type pg from 'pg';
import type { Pools } from './ref.ts';

const MOST = 60;

/** Texts that name things and are no ids, each with what finds them. */
const TEXTS: Record<string, string> = {
  tasks: `SELECT case_id || '.' || seat AS id FROM tasks ORDER BY state = 'open' DESC, opened_at DESC, case_id, seat`,
  indicator_codes: 'SELECT DISTINCT code AS id FROM indicators ORDER BY 1',
  template_keys: 'SELECT DISTINCT key AS id FROM templates ORDER BY 1',
  versions: 'SELECT DISTINCT version::text AS id FROM templates ORDER BY 1',
  blocks: `SELECT DISTINCT unnest(blocks) AS id FROM cases ORDER BY 1`,
  categories: 'SELECT DISTINCT category AS id FROM cycle_participants ORDER BY 1',
  periods: 'SELECT DISTINCT period AS id FROM indicator_values ORDER BY 1',
  years: 'SELECT DISTINCT year::text AS id FROM cycles ORDER BY 1',
};

/** Who and what is spared: people and units behind which something is hidden. */
export interface Spared {
  people: readonly string[];
  orgs: readonly string[];
}

/** Everything that has an id, table by table, and the texts that name things. The oldest rows come first, so that a place keeps its meaning. */
export const readPools = async (pool: pg.Pool, { people, orgs }: Spared, actors: readonly string[]): Promise<Pools> => {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid' ORDER BY 1`,
  );
  const spared = [...people, ...orgs];
  const queries = [
    ...tables.map(
      ({ name }) => [name, `SELECT id::text FROM "${name}" WHERE NOT id = ANY($1::uuid[]) ORDER BY id`] as const,
    ),
    ...Object.entries(TEXTS).map(
      ([name, sql]) => [name, `SELECT id FROM (${sql}) t WHERE $1::uuid[] IS NOT NULL`] as const,
    ),
  ];
  const pools = new Map<string, string[]>();
  for (const [name, sql] of queries) {
    const { rows } = await pool.query<{ id: string }>(`${sql} LIMIT ${MOST}`, [spared]);
    if (rows.length > 0)
      pools.set(
        name,
        rows.map(({ id }) => id),
      );
  }
  for (const [name, sql] of await ownersOf(pool)) {
    const { rows } = await pool.query<{ owner: string; id: string }>(sql, [actors]);
    for (const { owner, id } of rows)
      pools.set(`${name} of ${owner}`, [...(pools.get(`${name} of ${owner}`) ?? []), id]);
  }
  return pools;
};

/** What belongs to somebody: their open tasks, and the rows of every table that name them. */
const ownersOf = async (pool: pg.Pool): Promise<[string, string][]> => {
  const { rows } = await pool.query<{ name: string; type: string }>(
    `SELECT i.table_name AS name, i.data_type AS type FROM information_schema.columns i JOIN information_schema.columns p
       ON p.table_schema = i.table_schema AND p.table_name = i.table_name AND p.column_name = 'person_id' AND p.data_type = 'uuid'
     WHERE i.table_schema = 'public' AND i.column_name = 'id' ORDER BY 1`,
  );
  return [
    [
      'tasks',
      `SELECT person_id::text AS owner, case_id || '.' || seat AS id FROM task_candidates JOIN tasks t USING (case_id, seat)
       WHERE person_id = ANY($1::uuid[]) AND t.state = 'open' ORDER BY case_id, seat LIMIT 2000`,
    ],
    ...rows.map(({ name }): [string, string] => [
      name,
      `SELECT person_id::text AS owner, id::text FROM "${name}" WHERE person_id = ANY($1::uuid[]) ORDER BY id LIMIT 2000`,
    ]),
  ];
};
