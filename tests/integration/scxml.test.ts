import { expect, test } from 'vitest';
import { verify } from '../../server/verify/verify.ts';
import { makeEngineWorld } from '../support/engineWorld.ts';
import { readCases, type ScxmlCase } from '../support/scxml/cases.ts';
import { play, scxmlLogic } from '../support/scxml/play.ts';

/** Of XState's cases, those that do not pass here; docs/scxml.md says why. */
const FAILING = [187, 191, 192, 201, 220, 232, 235, 237, 247, 347, 453].map((n) => `w3c-ecma/test${n}`);
/** Of the package's other cases, which XState's suite leaves out, how many pass here at least. */
const OTHERS = 86;

const common = { logicOf: scxmlLogic, jobSink: () => {} };
const world = await makeEngineWorld({ units: 0, cacheSize: 0, ...common });
const { engine, pool, clock } = world;
const engines = [engine, await world.node({ cacheSize: 5000, ...common })];
const { enabled, others } = readCases();

/** Runs them one after the other; returns why each that failed did. */
async function failures(cases: readonly ScxmlCase[], title: string): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  for (const given of cases)
    await play({ engines, pool, clock }, given).catch((error: Error) => failed.set(given.name, error.message));
  console.info(`SCXML, ${title}: passed ${cases.length - failed.size} / ${cases.length}`);
  if (process.env.SCXML_REPORT) for (const [name, why] of failed) console.info(`  ${name}: ${why}`);
  return failed;
}

test('the SCXML cases that XState runs pass through the engine and the database', { timeout: 120_000 }, async () => {
  expect(enabled).toHaveLength(169);
  expect([...(await failures(enabled, "XState's cases")).keys()]).toEqual(FAILING);
});

test('so do many that XState leaves out, and every case is what its record says', { timeout: 120_000 }, async () => {
  const failed = await failures(others, 'the other cases');
  expect(others.length - failed.size).toBeGreaterThanOrEqual(OTHERS);
  expect(await verify(pool, { logicOf: scxmlLogic })).toMatchObject({ ok: true, mismatches: [] });
});
