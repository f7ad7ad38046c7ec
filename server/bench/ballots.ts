import type pg from 'pg';
import { castBallots } from '../ballots/cast.ts';
import { transaction } from '../db/transaction.ts';
import { makeEnginePool } from '../engine/pool.ts';
import { benchCycle } from './ballotCycle.ts';
import { median, runCallers } from './callers.ts';

const CALLERS = 32;
const AT = '2026-12-31T10:00:00.000Z';

const SHEET = {
  name: 'floor_sheet',
  text: `UPDATE ballot_sheets SET state = 'submitted', submitted_at = $1 WHERE id = $2`,
};
const BALLOT = {
  name: 'floor_ballot',
  text: `INSERT INTO ballots (sheet_id, case_id, item, value) VALUES ($1, $2, 'overall', $3)`,
};
/** The same two rows in one statement, which is its own transaction: the least that a database can be asked for. */
const BOTH = {
  name: 'floor_both',
  text: `WITH sheet AS (UPDATE ballot_sheets SET state = 'submitted', submitted_at = $1 WHERE id = $2)
    INSERT INTO ballots (sheet_id, case_id, item, value) VALUES ($2, $3, 'overall', $4)`,
};

export interface BallotsBench {
  callers: number;
  ballots: number;
  rounds: number;
  /** By hand, nothing checked: a transaction of two statements. */
  floorPerS: number;
  /** By hand, nothing checked: both rows in one statement. */
  oneStatementPerS: number;
  ballotsPerS: number;
  /** Medians over the rounds of what the intake does to the floor, and to one statement, of the same round. */
  ratio: number;
  ratioToOneStatement: number;
  /** Whether the ratio is at least `LEAST`. */
  ok: boolean;
}

/** The intake does at least this share of what the floor does. */
export const LEAST = 0.5;

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
    const seen: Seen[] = [];
    for (let i = 0; i <= rounds; i += 1) {
      const floor = await speed(pool, `floor${i}`, ballots, transactionOf(pool));
      const statement = await speed(pool, `statement${i}`, ballots, ({ id, participant }) =>
        pool.query({ ...BOTH, values: [AT, id, participant, '88'] }),
      );
      const own = await speed(pool, `own${i}`, ballots, ({ participant, round, assessor }) =>
        castBallots(pool, { round, group: 'assessors', assessor, sheet: [{ participant, value: '88' }], at: AT }),
      );
      // The first round only warms up.
      if (i > 0) seen.push({ floor, statement, own });
      onProgress?.(i / rounds);
    }
    const middle = (of: (one: Seen) => number) => median(seen.map(of));
    const ratio = (of: (one: Seen) => number) => Math.round(middle((one) => one.own / of(one)) * 100) / 100;
    return {
      callers: CALLERS,
      ballots,
      rounds,
      floorPerS: Math.round(middle(({ floor }) => floor)),
      oneStatementPerS: Math.round(middle(({ statement }) => statement)),
      ballotsPerS: Math.round(middle(({ own }) => own)),
      ratio: ratio(({ floor }) => floor),
      ratioToOneStatement: ratio(({ statement }) => statement),
      ok: ratio(({ floor }) => floor) >= LEAST,
    };
  } finally {
    await pool.end();
  }
}

type Seen = Record<'floor' | 'statement' | 'own', number>;

interface Ballot {
  /** Of the sheet. */
  id: string;
  assessor: string;
  participant: string;
  round: string;
}

/** Ballots a second of one way to take them in, on a round of its own. */
async function speed(
  pool: pg.Pool,
  name: string,
  count: number,
  take: (ballot: Ballot) => Promise<unknown>,
): Promise<number> {
  const { sheets, participant, roundId: round } = await benchCycle(pool, name, count, AT);
  const { seconds } = await runCallers(CALLERS, sheets, async (sheet) => {
    await take({ ...sheet, participant, round });
  });
  return count / seconds;
}

const transactionOf =
  (pool: pg.Pool) =>
  ({ id, participant }: Ballot): Promise<void> =>
    transaction(pool, async (client) => {
      await client.query({ ...SHEET, values: [AT, id] });
      await client.query({ ...BALLOT, values: [id, participant, '88'] });
    });
