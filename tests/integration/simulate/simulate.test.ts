import { describe, expect, inject, it } from 'vitest';
import { audit } from '../../../server/simulate/audit.ts';
import { simulate } from '../../../server/simulate/index.ts';
import { printSimulation } from '../../../server/simulate/print.ts';
import { library } from '../../../workflows/library/index.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { makeTestDatabase } from '../../support/database.ts';

const template = library['zjg-departments'] as CycleTemplate;
const run = (seed: number) =>
  simulate({ settings: { databaseUrl: inject('clusterUrl'), data: '' }, template, year: 2026, seed, cases: 4 });

describe('simulate', () => {
  it('runs a year to closed rectification, loses nothing, and repeats itself by its seed', {
    timeout: 120_000,
  }, async () => {
    const { seconds: _, ...first } = await run(1);
    expect(first).toMatchObject({ template: 'zjg-departments', cases: 4, closed: 4, ranked: 4, lost: 0, incidents: 0 });
    expect(first.timersFired).toBeGreaterThan(60);
    expect(first.escalations).toBeGreaterThan(0);
    expect(first.late).toBeGreaterThan(0);
    expect(first.returned).toBeGreaterThan(0);
    expect(first.days.first).toBe('2026-01-04');
    expect(first.days.last > '2027-01-31').toBe(true);
    expect(Object.keys(first.ranking).sort()).toEqual(['economy', 'enforcement', 'general', 'society']);

    const { seconds: __, ...again } = await run(1);
    expect(again).toEqual(first);
    const other = await run(2);
    expect(other).toMatchObject({ closed: 4, lost: 0 });
    expect(other.ranking).not.toEqual(first.ranking);

    for (const language of ['zh', 'en'] as const) {
      const text = printSimulation(other, template, language).join('\n');
      expect(text).toContain(template.categories.economy?.name[language]);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('audit', async () => {
  const { pool } = await makeTestDatabase();

  it('misses a step that was answered for but is not in the record', async () => {
    const nothing = { doubled: 0, overtaken: 0, told: 0, vacant: 0, timersFired: 0 };
    const caseId = '00000000-0000-4000-8000-000000000001';
    const clean = await audit(pool, { ...nothing, acknowledged: [] }, new Date());
    expect(clean).toMatchObject({ lost: 0, mismatches: [] });
    const acknowledged = [{ caseId, key: 'simulate/1/submit', revision: 2 }];
    expect(await audit(pool, { ...nothing, acknowledged }, new Date())).toMatchObject({ lost: 1, missing: 1 });
    expect(await audit(pool, { ...nothing, doubled: 2, acknowledged: [] }, new Date())).toMatchObject({ lost: 2 });
    await pool.query(
      `INSERT INTO timers (case_id, scope, rung, due_at, event) VALUES ($1, 'b#1', 0, now() - interval '1 hour', '{}')`,
      [caseId],
    );
    const late = await audit(pool, { ...nothing, acknowledged: [] }, new Date());
    expect(late.timersLeft).toBe(1);
    expect(late.lost).toBeGreaterThanOrEqual(1);
  });
});
