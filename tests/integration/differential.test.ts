import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verify } from '../../server/verify/verify.ts';
import { makeEngineWorld } from '../support/engineWorld.ts';
import { chartRun } from '../support/statechartArbitrary.ts';
import { fleetLogic, runFleet } from '../support/statechartFleet.ts';

/** DIFFERENTIAL_CHARTS=20000 for a soak, DIFFERENTIAL_SEED to repeat one. */
const CHARTS = Number(process.env.DIFFERENTIAL_CHARTS ?? 1000);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? Date.now() % 2 ** 31);
const FLEET = 250;

const common = { logicOf: fleetLogic, jobSink: () => {} };
const world = await makeEngineWorld({ units: 0, cacheSize: 0, ...common });

test(
  'statecharts in the database do what XState actors in memory do',
  async () => {
    const { engine, pool, clock } = world;
    // One node keeps nothing in memory; the other keeps everything, so what it remembers is often stale.
    const engines = [engine, await world.node({ cacheSize: 5000, ...common })];
    const total = { charts: 0, steps: 0, fired: 0, ended: 0, effects: 0 };
    for (let n = 0; total.charts < CHARTS; n += 1) {
      const runs = fc.sample(chartRun, { numRuns: Math.min(FLEET, CHARTS - total.charts), seed: SEED + n });
      const { differences, ...counts } = await runFleet({ engines, pool, clock }, runs, `fleet${n}`);
      const first = differences[0];
      if (first) {
        console.error(
          `${differences.length} differ; seed ${SEED + n}, chart ${first.index} of ${runs.length}, tick ${first.tick}: ${first.what}`,
        );
        console.error(JSON.stringify(runs[first.index]));
        expect(first.is).toEqual(first.should);
      }
      expect(differences).toEqual([]);
      for (const key of Object.keys(counts) as (keyof typeof counts)[]) total[key] += counts[key];
    }
    console.info(`differential through the database: seed ${SEED}: ${JSON.stringify(total)}`);
    expect(total.steps).toBeGreaterThan(CHARTS * 5);
    expect(total.fired).toBeGreaterThan(CHARTS * 2);
    expect(total.effects).toBeGreaterThan(CHARTS);
    expect(total.ended).toBeGreaterThan(0);
    // What an ended case still had coming goes by itself.
    clock.advance(60_000);
    while ((await engine.fireDue()) > 0);
    const left = `SELECT FROM timers t JOIN cases c ON c.id = t.case_id WHERE c.status = 'done'`;
    expect((await pool.query(left)).rowCount).toBe(0);
    expect(await verify(pool, { logicOf: fleetLogic })).toMatchObject({ ok: true, cases: CHARTS, mismatches: [] });
  },
  120_000 + CHARTS * 400,
);
