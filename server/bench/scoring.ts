import type pg from 'pg';
import type { AssessorGroup } from '../../workflows/ballots/schema.ts';
import type { Rule } from '../../workflows/scoring/rule.ts';
import type { ComputeBlock } from '../../workflows/template/block.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { makePool } from '../db/pool.ts';
import { makeEnginePool } from '../engine/pool.ts';
import type { ServiceCall } from '../engine/service.ts';
import { score } from '../scoring/score.ts';
import { median } from './callers.ts';

/** So many units, each scored on so many items by so many assessors. */
export interface Size {
  units: number;
  items: number;
  assessors: number;
}
export const CITY: Size = { units: 141, items: 57, assessors: 9 };
export const PROVINCE: Size = { units: 3000, items: 100, assessors: 20 };

const AT = '2026-12-31T10:00:00.000Z';
const text = (zh: string) => ({ zh, en: zh });

/** Of each item the mean without one highest and one lowest, then the mean of the items, half up to two places. */
const RULE: Rule = {
  kind: 'round',
  of: {
    kind: 'mean',
    of: { each: 'ballots.experts.items', rule: { kind: 'raters', of: 'item', trimAbove: 5 } },
  },
  places: 2,
  mode: 'halfUp',
};
const BLOCK: ComputeBlock = {
  key: 'score',
  type: 'compute',
  per: 'cycle',
  name: text('计分'),
  into: 'total',
  rule: { kind: 'score', rule: RULE },
};

const templateOf = ({ items }: Size): CycleTemplate => {
  const experts: AssessorGroup = {
    key: 'experts',
    name: text('专家'),
    kind: 'thirdParty',
    who: [{ kind: 'role', role: 'expert' }],
    scale: { min: '0', max: '100', step: '0.1' },
    items: Array.from({ length: items }, (_, i) => ({ key: `i${i + 1}`, name: text(`指标${i + 1}`) })),
  };
  return {
    key: 'bench',
    version: 1,
    name: text('测量'),
    period: { kind: 'year' },
    roles: { expert: { name: text('专家'), scope: 'city' } },
    categories: { all: { name: text('全部'), ranked: true } },
    assessors: [experts],
    phases: {
      plan: { blocks: [] },
      execute: { blocks: [] },
      evaluate: { blocks: [BLOCK] },
      feedback: { blocks: [] },
      rectify: { blocks: [] },
    },
  };
};

/** An id from a kind and a number. */
const id = (kind: string, n: string) => `lpad((${n})::text, 8, '0') || '-0000-4000-8000-0000000000${kind}'`;

/** A cycle with its units and all ballots of a round, written by the database itself. */
async function fill(pool: pg.Pool, cycle: string, first: number, { units, items, assessors }: Size): Promise<void> {
  const range = `generate_series(${first + 1}, ${first + units}) AS u`;
  await pool.query(
    `INSERT INTO org_units (id, code, name, kind, category) SELECT (${id('01', 'u')})::uuid, 'u' || u, '单位' || u, 'department', 'all' FROM ${range}`,
  );
  await pool.query(`INSERT INTO definitions (hash, content) VALUES ('bench', '{}') ON CONFLICT DO NOTHING`);
  await pool.query(
    `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, 'bench', 1, 'bench', 2026, 'running', $2)`,
    [cycle, AT],
  );
  await pool.query(
    `INSERT INTO cases (id, kind, cycle_id, org_id, title, definition, status, revision, snapshot, blocks, waits, started_at, updated_at)
     SELECT (${id('02', 'u')})::uuid, 'participant', $1, (${id('01', 'u')})::uuid, '单位' || u, 'bench', 'active', 1, '{"context":{"data":{}}}', '{}', '{}', $2, $2 FROM ${range}`,
    [cycle, AT],
  );
  await pool.query(
    `INSERT INTO cycle_participants (cycle_id, org_id, category, case_id) SELECT $1, (${id('01', 'u')})::uuid, 'all', (${id('02', 'u')})::uuid FROM ${range}`,
    [cycle],
  );
  await pool.query(
    `INSERT INTO ballot_rounds (id, cycle_id, case_id, block, round, groups, opened_at) VALUES ($1, $1, $1, 'vote', 1, '{experts}', $2)`,
    [cycle, AT],
  );
  const raters = `generate_series(${first + 1}, ${first + assessors}) AS a`;
  await pool.query(
    `INSERT INTO ballot_sheets (id, round_id, group_key, assessor_id, expected, state, submitted_at)
     SELECT (${id('03', 'a')})::uuid, $1, 'experts', (${id('04', 'a')})::uuid, ${units * items}, 'submitted', $2 FROM ${raters}`,
    [cycle, AT],
  );
  await pool.query(
    `INSERT INTO ballot_targets (sheet_id, case_id, items) SELECT (${id('03', 'a')})::uuid, (${id('02', 'u')})::uuid, ${items} FROM ${raters}, ${range}`,
  );
  await pool.query(
    `INSERT INTO ballots (sheet_id, case_id, item, value)
     SELECT a.id, u.id, 'i' || i, round(((a.n % 1000) * 37 + (u.n % 10000) * 101 + i * i * 13 + (u.n % 7) * (a.n % 5) * i) % 400 / 10.0 + 60, 1)
     FROM (SELECT a AS n, (${id('03', 'a')})::uuid AS id FROM ${raters}) a, (SELECT u AS n, (${id('02', 'u')})::uuid AS id FROM ${range}) u, generate_series(1, ${items}) i`,
  );
}

/** The same rows, aggregated and nothing else. What comes of it is asked for: PostgreSQL leaves out what nobody asks for. */
const PLAIN = `SELECT sum(n), sum(total), min(least), max(most) FROM (
    SELECT count(*) AS n, sum(b.value) AS total, min(b.value) AS least, max(b.value) AS most FROM ballots b
    WHERE b.sheet_id IN (SELECT id FROM ballot_sheets WHERE round_id = $1) GROUP BY b.case_id, b.item
  ) counted`;

async function plain(pool: pg.Pool, cycle: string): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; SET LOCAL work_mem = '128MB'`);
    const began = performance.now();
    await client.query(PLAIN, [cycle]);
    return performance.now() - began;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** Scores a cycle from its ballots as the block of a cycle does: counting, the rule with its explanation for each unit, results. */
async function timed(pool: pg.Pool, cycle: string, size: Size, round: number): Promise<number> {
  const call = { pool, cycleId: cycle, template: templateOf(size), block: BLOCK, round, at: AT } as ServiceCall;
  const began = performance.now();
  await score(call);
  return performance.now() - began;
}

export interface ScoringBench {
  city: { ballots: number; ms: number; usPerBallot: number };
  province: { ballots: number; ms: number; usPerBallot: number };
  /** A plain aggregate over the province's rows. */
  sqlMs: number;
  /** The province's scoring to it. */
  ratio: number;
  /** Whether that is within `MOST`. */
  ok: boolean;
  /** Of this process, in MB, before the province and at its most. */
  memoryMb: { before: number; peak: number };
}

/** Scoring takes at most so many times what a plain aggregate over the same rows does. */
export const MOST = 5;

/** Times the scoring of a city and of a province against a plain aggregate over the same rows, in one run. */
export async function benchScoring(
  url: string,
  {
    city = CITY,
    province = PROVINCE,
    onProgress,
  }: { city?: Size; province?: Size; onProgress?: (share: number) => void } = {},
): Promise<ScoringBench> {
  const plainPool = makePool(url, { max: 2, name: 'bench', statementTimeoutMs: 30 * 60_000 });
  const pool = makeEnginePool(url, 4);
  const cycles = { city: '00000000-0000-4000-8000-00000000000a', province: '00000000-0000-4000-8000-00000000000b' };
  try {
    await fill(plainPool, cycles.city, 0, city);
    await fill(plainPool, cycles.province, 1_000_000, province);
    await plainPool.query('VACUUM ANALYZE');
    onProgress?.(0.5);
    const cityMs = [];
    for (let round = 1; round <= 3; round += 1) cityMs.push(await timed(pool, cycles.city, city, round));
    const sql = [await plain(plainPool, cycles.province), await plain(plainPool, cycles.province)];
    onProgress?.(0.6);
    const before = process.memoryUsage().rss / 1e6;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss / 1e6);
    }, 50);
    const provinceMs = await timed(pool, cycles.province, province, 1).finally(() => clearInterval(watch));
    onProgress?.(0.9);
    sql.push(await plain(plainPool, cycles.province));
    const sqlMs = median(sql);
    const told = ({ units, items, assessors }: Size, ms: number) => {
      const ballots = units * items * assessors;
      return { ballots, ms: Math.round(ms), usPerBallot: Math.round((ms / ballots) * 1e5) / 100 };
    };
    const ratio = Math.round((provinceMs / sqlMs) * 100) / 100;
    return {
      city: told(city, median(cityMs)),
      province: told(province, provinceMs),
      sqlMs: Math.round(sqlMs),
      ratio,
      ok: ratio <= MOST,
      memoryMb: { before: Math.round(before), peak: Math.round(peak) },
    };
  } finally {
    await pool.end();
    await plainPool.end();
  }
}
