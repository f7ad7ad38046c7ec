import { withOrigin } from '../audit/origin.ts';
import { makeEngine } from '../engine/index.ts';
import { makeEnginePool } from '../engine/pool.ts';
import { median } from './callers.ts';
import { benchCalendar as calendar, benchDirectory as directory } from './city.ts';
import { CALLERS, engineSpeed } from './engine.ts';

/** Most of the throughput of steps that the audit may cost. */
export const MOST = 0.15;

export interface AuditBenchOptions {
  /** Pairs of measurements, in turn. */
  rounds: number;
  /** Standard cases a measurement. */
  cases: number;
  onProgress?: (share: number) => void;
}

/**
 * Times the engine with and without the audit, on one database, in turn. Without it the trigger is off, which nobody but the
 * database's owner can do.
 */
export async function benchAudit(url: string, { rounds, cases, onProgress }: AuditBenchOptions) {
  const pool = makeEnginePool(url, CALLERS);
  const measure = async (audited: boolean): Promise<number> => {
    await pool.query(`ALTER TABLE case_events ${audited ? 'ENABLE' : 'DISABLE'} TRIGGER audit_case_events`);
    const engine = makeEngine({ pool, directory, calendar: () => calendar });
    const { stepsPerS } = await withOrigin({ requestId: REQUEST, address: '192.0.2.1' }, () =>
      engineSpeed(engine, CALLERS, cases),
    );
    return stepsPerS;
  };
  try {
    for (const audited of [true, false]) await measure(audited);
    const seen: { with: number; without: number }[] = [];
    for (let i = 0; i < rounds; i += 1) {
      // Who goes first changes, so that a machine that grows slower or faster favours neither.
      const first = await measure(i % 2 === 0);
      const second = await measure(i % 2 === 1);
      seen.push(i % 2 === 0 ? { with: first, without: second } : { with: second, without: first });
      onProgress?.((i + 1) / rounds);
    }
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM audit');
    const cost = Number(median(seen.map((pair) => 1 - pair.with / pair.without)).toFixed(3));
    return {
      with: Math.round(median(seen.map((pair) => pair.with))),
      without: Math.round(median(seen.map((pair) => pair.without))),
      cost,
      most: MOST,
      ok: cost <= MOST,
      rows: rows[0]?.n ?? 0,
      callers: CALLERS,
      rounds,
      casesPerRound: cases,
    };
  } finally {
    await pool.end();
  }
}

const REQUEST = '0190a0b0-0000-4000-8000-000000000000';
