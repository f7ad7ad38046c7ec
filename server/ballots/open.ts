import { groupOf } from '../../workflows/ballots/groups.ts';
import type { BallotsBlock } from '../../workflows/template/block.ts';
import { transaction } from '../db/transaction.ts';
import { makeDirectory } from '../directory/directory.ts';
import { uuidOf } from '../engine/logic.ts';
import type { Queryable } from '../engine/rows.ts';
import type { Service } from '../engine/service.ts';
import { callAssessors } from './call.ts';
import { closeRounds } from './close.ts';
import { type ExpectedSheet, makeExpectation } from './expected.ts';
import { readGoals } from './goals.ts';
import { contextsOf, readParticipants } from './participants.ts';

/**
 * Opens a round of ballots: a sheet for each assessor, with the participants on it, written as sets. May be repeated.
 * @throws when a group has units to score and nobody to score them: an incident, until somebody is appointed
 */
export const openRound: Service = async ({ pool, caseId, cycleId, template, block: served, round, at }) => {
  const block = served as BallotsBlock;
  const id = uuidOf(caseId, block.key, round);
  const opened = await pool.query('SELECT FROM ballot_rounds WHERE id = $1', [id]);
  if (opened.rowCount) return countExpected(pool, id);
  const groups = block.groups.map((key) => groupOf(template, key));
  const participants = await readParticipants(pool, cycleId);
  const goals = groups.some(({ about }) => about === 'goals') ? await readGoals(pool, cycleId) : undefined;
  const expectation = makeExpectation(groups, participants, await makeDirectory(pool), goals);
  const byCase = new Map(participants.map((one) => [one.caseId, one]));
  for await (const contexts of contextsOf(pool, [...byCase.keys()]))
    for (const [key, context] of contexts) {
      const participant = byCase.get(key);
      if (participant) expectation.add(participant, context);
    }
  const vacant = expectation.vacant();
  if (vacant.length > 0)
    throw new Error(
      `nobody is found who could score in "${block.key}": ${vacant.join(', ')}; appoint assessors, then retry`,
    );
  await transaction(pool, async (client) => {
    await closeRounds(client, { cycleId, at, block: block.key });
    const { rowCount } = await client.query(
      `INSERT INTO ballot_rounds (id, cycle_id, case_id, block, round, groups, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT DO NOTHING`,
      [id, cycleId, caseId, block.key, round, block.groups, at],
    );
    if (!rowCount) return;
    const sheets = [...expectation.sheets.values()];
    await insertSheets(client, id, sheets);
    await callAssessors(client, { id, caseId, block, assessors: sheets.map(({ assessor }) => assessor), at });
  });
  return countExpected(pool, id);
};

/** Rows that one statement takes. */
const CHUNK = 20_000;

async function insertSheets(db: Queryable, roundId: string, sheets: readonly ExpectedSheet[]): Promise<void> {
  const rows = sheets.map((sheet) => ({ ...sheet, id: uuidOf(roundId, sheet.group, sheet.assessor) }));
  await db.query(
    `INSERT INTO ballot_sheets (id, round_id, group_key, layer, assessor_id, expected, state)
     SELECT s.id, $1, s.group_key, s.layer, s.assessor_id, s.expected, 'open'
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::int[]) AS s(id, group_key, layer, assessor_id, expected)`,
    [
      roundId,
      rows.map(({ id }) => id),
      rows.map(({ group }) => group),
      rows.map(({ layer }) => layer),
      rows.map(({ assessor }) => assessor),
      rows.map(({ targets }) => targets.reduce((sum, { items }) => sum + items, 0)),
    ],
  );
  const targets = rows.flatMap(({ id, targets: own }) => own.map((target) => ({ id, ...target })));
  for (let i = 0; i < targets.length; i += CHUNK) {
    const some = targets.slice(i, i + CHUNK);
    await db.query(
      'INSERT INTO ballot_targets (sheet_id, case_id, items) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[])',
      [some.map(({ id }) => id), some.map(({ caseId }) => caseId), some.map(({ items }) => items)],
    );
  }
}

/** What the cycle's case hears of its round. */
async function countExpected(db: Queryable, id: string): Promise<{ assessors: number; expected: number }> {
  const { rows } = await db.query<{ assessors: number; expected: number }>(
    'SELECT count(*)::int AS assessors, coalesce(sum(expected), 0)::int AS expected FROM ballot_sheets WHERE round_id = $1 AND assessor_id IS NOT NULL',
    [id],
  );
  return rows[0] ?? { assessors: 0, expected: 0 };
}
