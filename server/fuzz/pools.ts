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
  notices: 'SELECT id FROM notices ORDER BY id',
  audit: `SELECT stripe || '-' || seq AS id FROM audit ORDER BY stripe, seq`,
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

/** Columns that name who made a thing, or whom it is for. */
const PERSON = '(^|_)(person|author|assessor|observer|to)_id$|_by$';

/** What concerns somebody: their open tasks, the rows that name them, and those of their unit, its cases and indicators. */
const ownersOf = async (pool: pg.Pool): Promise<[string, string][]> => {
  const { rows } = await pool.query<{ name: string; people: string[]; others: string[] }>(
    `SELECT table_name AS name, array_agg(column_name::text) FILTER (WHERE column_name ~ $1) AS people,
       coalesce(array_agg(column_name::text) FILTER (WHERE column_name IN ('org_id', 'case_id', 'cycle_indicator_id')), '{}') AS others
     FROM information_schema.columns c
     WHERE table_schema = 'public' AND data_type = 'uuid' AND table_name <> 'people' AND EXISTS (SELECT FROM information_schema.columns i
       WHERE i.table_schema = 'public' AND i.table_name = c.table_name AND i.column_name = 'id' AND i.data_type = 'uuid')
     GROUP BY table_name ORDER BY table_name`,
    [PERSON],
  );
  const own = rows.flatMap(({ name, people, others }): [string, string][] => {
    const ways = [
      ...(people ?? []).map((column) => `t."${column}" = a.id`),
      ...others.map((column) => OF_UNIT[column] ?? 'false'),
    ];
    if (ways.length === 0) return [];
    return [
      [
        name,
        `SELECT a.id::text AS owner, t.id::text AS id FROM people a CROSS JOIN LATERAL
           (SELECT id FROM "${name}" t WHERE ${ways.join(' OR ')} ORDER BY id LIMIT ${MOST}) t WHERE a.id = ANY($1::uuid[]) ORDER BY 1, 2`,
      ],
    ];
  });
  return [
    [
      'tasks',
      `SELECT person_id::text AS owner, case_id || '.' || seat AS id FROM task_candidates JOIN tasks t USING (case_id, seat)
       WHERE person_id = ANY($1::uuid[]) AND t.state = 'open' ORDER BY case_id, seat LIMIT 2000`,
    ],
    ...own,
  ];
};

const OF_UNIT: Record<string, string> = {
  org_id: 't.org_id = a.org_id',
  case_id: 't.case_id IN (SELECT id FROM cases c WHERE c.org_id = a.org_id)',
  cycle_indicator_id: 't.cycle_indicator_id IN (SELECT id FROM cycle_indicators c WHERE c.org_id = a.org_id)',
};
