import type pg from 'pg';
import { castBallots } from '../ballots/cast.ts';
import { makeEnginePool } from '../engine/pool.ts';
import { benchCycle } from './ballotCycle.ts';
import { median, runCallers } from './callers.ts';

const CALLERS = 32;
const AT = '2026-12-31T10:00:00.000Z';

/** The floor: the two rows of a single ballot by hand, one statement and one transaction, nothing checked. */
const FLOOR = {
  name: 'floor_ballot',
  text: `WITH sheet AS (UPDATE ballot_sheets SET state = 'submitted', submitted_at = $1 WHERE id = $2)
    INSERT INTO ballots (sheet_id, case_id, item, value) VALUES ($2, $3, 'overall', $4)`,
};

export interface BallotsBench {
  callers: number;
  ballots: number;
  rounds: number;
  floorPerS: number;
  ballotsPerS: number;
  /** Medians over the rounds of what the intake takes to the floor of the same round. */
  ratio: number;
}

/** Times the intake of single ballots, checked by scale, rules and date, against the same two rows written by hand, in turn. */
export async function benchBallots(
  url: string,
  {
    ballots = 2000,
    rounds = 5,
    onProgress,
  }: { ballots?: number; rounds?: number; onProgress?: (share: number) => void },
): Promise<BallotsBench> {
  const pool = makeEnginePool(url, CALLERS);
  try {
    const seen: { floor: number; own: number }[] = [];
    for (let i = 0; i <= rounds; i += 1) {
      const floor = await floorSpeed(pool, i, ballots);
      const own = await ownSpeed(pool, i, ballots);
      // The first round only warms up.
      if (i > 0) seen.push({ floor, own });
      onProgress?.(i / rounds);
    }
    const middle = (of: (one: { floor: number; own: number }) => number) => median(seen.map(of));
    return {
      callers: CALLERS,
      ballots,
      rounds,
      floorPerS: Math.round(middle(({ floor }) => floor)),
      ballotsPerS: Math.round(middle(({ own }) => own)),
      ratio: Math.round(middle(({ floor, own }) => own / floor) * 100) / 100,
    };
  } finally {
    await pool.end();
  }
}

async function floorSpeed(pool: pg.Pool, round: number, count: number): Promise<number> {
  const { sheets, participant } = await benchCycle(pool, `floor${round}`, count, AT);
  const { seconds } = await runCallers(CALLERS, sheets, async ({ id }) => {
    await pool.query({ ...FLOOR, values: [AT, id, participant, '88'] });
  });
  return count / seconds;
}

async function ownSpeed(pool: pg.Pool, round: number, count: number): Promise<number> {
  const { sheets, participant, roundId } = await benchCycle(pool, `own${round}`, count, AT);
  const { seconds } = await runCallers(CALLERS, sheets, async ({ assessor }) => {
    const sheet = [{ participant, value: '88' }];
    await castBallots(pool, { round: roundId, group: 'assessors', assessor, sheet, at: AT });
  });
  return count / seconds;
}
