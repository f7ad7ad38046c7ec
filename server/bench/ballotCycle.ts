import type pg from 'pg';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { uuidOf } from '../engine/logic.ts';

const text = (zh: string) => ({ zh, en: zh });
const empty = { blocks: [] };
const template: CycleTemplate = {
  key: 'bench-ballots',
  version: 1,
  name: text('测量'),
  period: { kind: 'year' },
  roles: { assessor: { name: text('评价人'), scope: 'city' } },
  categories: { all: { name: text('全部'), ranked: true } },
  assessors: [
    {
      key: 'assessors',
      name: text('评价人'),
      kind: 'superior',
      who: [{ kind: 'role', role: 'assessor' }],
      scale: { min: '0', max: '100', step: '0.5' },
      rules: [{ kind: 'atMost', count: 3, from: '90' }],
    },
  ],
  phases: { plan: empty, execute: empty, evaluate: empty, feedback: empty, rectify: empty },
};

/** A cycle whose round is open: so many assessors are to score one unit. */
export async function benchCycle(
  pool: pg.Pool,
  name: string,
  assessors: number,
  at: string,
): Promise<{ roundId: string; participant: string; sheets: { id: string; assessor: string }[] }> {
  const [cycle, participant, roundId, org, own] = ['cycle', 'unit', 'round', 'org', 'case'].map((one) =>
    uuidOf(name, one),
  ) as [string, string, string, string, string];
  await pool.query(`INSERT INTO definitions (hash, content) VALUES ('bench-ballots', $1) ON CONFLICT DO NOTHING`, [
    JSON.stringify({ template, track: 'cycle' }),
  ]);
  await pool.query(`INSERT INTO org_units (id, code, name, kind) VALUES ($1, $2, $2, 'department')`, [org, name]);
  await pool.query(
    `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, 'bench-ballots', 1, $2, 2026, 'running', $3)`,
    [cycle, name, at],
  );
  await pool.query(
    `INSERT INTO cases (id, kind, cycle_id, org_id, title, definition, status, revision, snapshot, blocks, waits, started_at, updated_at)
     VALUES ($1, 'cycle', $3, NULL, 'c', 'bench-ballots', 'active', 1, '{}', '{vote}', '{}', $5, $5),
            ($2, 'participant', $3, $4, 'p', 'bench-ballots', 'active', 1, '{}', '{}', '{}', $5, $5)`,
    [own, participant, cycle, org, at],
  );
  await pool.query(
    `INSERT INTO ballot_rounds (id, cycle_id, case_id, block, round, groups, opened_at) VALUES ($1, $2, $3, 'vote', 1, '{assessors}', $4)`,
    [roundId, cycle, own, at],
  );
  const sheets = Array.from({ length: assessors }, (_, i) => ({
    id: uuidOf(name, 'sheet', i),
    assessor: uuidOf(name, 'assessor', i),
  }));
  await pool.query(
    `INSERT INTO ballot_sheets (id, round_id, group_key, assessor_id, expected, state) SELECT s.id, $1, 'assessors', s.assessor, 1, 'open'
     FROM unnest($2::uuid[], $3::uuid[]) AS s(id, assessor)`,
    [roundId, sheets.map(({ id }) => id), sheets.map(({ assessor }) => assessor)],
  );
  await pool.query('INSERT INTO ballot_targets (sheet_id, case_id, items) SELECT unnest($1::uuid[]), $2, 1', [
    sheets.map(({ id }) => id),
    participant,
  ]);
  await pool.query('ANALYZE ballot_sheets, ballot_targets, ballot_rounds, cases');
  return { roundId, participant, sheets };
}
