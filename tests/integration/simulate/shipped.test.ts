import type pg from 'pg';
import { expect, test } from 'vitest';
import { makeTestDatabase } from '../../support/database.ts';
import { playYear, shipped } from '../../support/shipped.ts';

const KEYS = [
  'liaoning-budget',
  'macau-appraisal',
  'hongkong-kpi',
  'shenzhen-bsc',
  'minhang-project',
  'tax-bureau',
  'five-stages',
];

let rectified = 0;
let carriedOver = 0;

test.each(KEYS)('a year of %s runs to its end, with its grades and ranks', { timeout: 120_000 }, async (key) => {
  const { pool } = await makeTestDatabase();
  const report = await playYear(pool, shipped(key), key === 'liaoning-budget' ? 4 : 2);
  rectified += report.rectified;
  carriedOver += report.carriedOver;
  if (key === 'hongkong-kpi') {
    await expectStatements(pool);
    await expectOwners(pool);
  }
  if (key === 'liaoning-budget') await expectNotices(pool);
});

/** Whatever is a fifth behind schedule has its notice, and none stays without an answer, a review or a lapse on record. */
async function expectNotices(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ late: string[]; warned: string[]; states: string[] }>(
    `SELECT array(SELECT DISTINCT cycle_indicator_id::text FROM lights WHERE colour = 'yellow' ORDER BY 1) AS late,
       array(SELECT DISTINCT cycle_indicator_id::text FROM warnings WHERE kind = 'supervise' AND colour = 'yellow' AND source = 'light' ORDER BY 1) AS warned,
       array(SELECT DISTINCT state FROM warnings WHERE source = 'light' ORDER BY 1) AS states`,
  );
  expect(rows[0]?.late.length).toBeGreaterThan(0);
  expect(rows[0]?.warned).toEqual(rows[0]?.late);
  expect(rows[0]?.states).toContain('accepted');
}

/** Every other unit that owns an indicator reported it in every quarter to the end: somebody of its own, or the office that it came to too late. */
async function expectOwners(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ owners: string; asked: string[]; foreign: number; unverified: number }>(
    `SELECT (SELECT string_agg(DISTINCT o.owner::text, ' ' ORDER BY o.owner::text) FROM cycle_indicators i CROSS JOIN LATERAL unnest(i.joint_owner_ids || i.owner_id) AS o(owner)
         WHERE i.org_id = k.org_id AND o.owner <> i.org_id) AS owners,
       array(SELECT string_agg(s.snapshot->'context'->'facts'->'item'->>'id', ' ' ORDER BY s.snapshot->'context'->'facts'->'item'->>'id') FROM cases s
         WHERE s.parent_id = k.id AND s.status = 'done' AND s.snapshot->'context'->'facts'->'parent'->>'block' = 'ownerReports'
         GROUP BY s.snapshot->'context'->'facts'->'item'->>'end') AS asked,
       (SELECT count(*)::int FROM cases s JOIN tasks t ON t.case_id = s.id AND t.block = 'ownerReport' AND t.state = 'done' JOIN people p ON p.id = t.closed_by
         WHERE s.parent_id = k.id AND p.org_id::text <> s.snapshot->'context'->'facts'->'item'->>'id'
           AND NOT EXISTS (SELECT FROM roles r WHERE r.person_id = p.id AND r.role = 'performanceOffice')) AS foreign,
       (SELECT count(*)::int FROM cycle_indicators i JOIN indicator_values v ON v.cycle_indicator_id = i.id
         WHERE i.org_id = k.org_id AND i.applies AND v.state <> 'verified') AS unverified
     FROM cases k WHERE k.kind = 'participant'`,
  );
  expect(rows.some(({ owners }) => owners.includes(' '))).toBe(true);
  for (const { owners, asked, foreign, unverified } of rows) {
    expect(owners).toBeTruthy();
    expect(asked).toEqual([owners, owners, owners, owners]);
    expect([foreign, unverified]).toEqual([0, 0]);
  }
}

/** Each missed indicator has a statement of its own in the quarter; what the legislature approved moved its date, on record. */
async function expectStatements(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ code: string; red: boolean; date: string; due: string; version: string | null }>(
    `SELECT s.snapshot->'context'->'facts'->'item'->>'code' AS code,
       EXISTS (SELECT FROM lights l WHERE l.cycle_indicator_id = i.id AND l.colour = 'red') AS red,
       s.snapshot->'context'->'data'->>'newDate' AS date, i.due_on::text AS due,
       (SELECT t.due_on::text FROM indicator_targets t WHERE t.cycle_indicator_id = i.id AND t.reason_kind = 'delay' ORDER BY t.version DESC LIMIT 1) AS version
     FROM cases s JOIN cases k ON k.id = s.parent_id
     JOIN cycle_indicators i ON i.cycle_id = k.cycle_id AND i.org_id = k.org_id AND i.code = s.snapshot->'context'->'facts'->'item'->>'code'
     WHERE s.snapshot->'context'->'facts'->'parent'->>'block' = 'statements'`,
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.every(({ red }) => red)).toBe(true);
  // Late once more: the last statement counts.
  const last = new Map(rows.map((row) => [row.code, row]));
  for (const { date, due, version } of last.values()) {
    expect(version).toBe(due);
    expect(rows.some((row) => row.date === due)).toBe(true);
    expect(date <= due).toBe(true);
  }
}

test('somewhere something was rectified, and something left for the next year', () => {
  expect(rectified).toBeGreaterThan(0);
  expect(carriedOver).toBeGreaterThan(0);
});
