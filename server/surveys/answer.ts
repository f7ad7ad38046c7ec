import { randomUUID } from 'node:crypto';
import { concerns, groupOf, itemKeys } from '../../workflows/ballots/groups.ts';
import type { AssessorGroup } from '../../workflows/ballots/schema.ts';
import { type Cast, checkSheet } from '../../workflows/ballots/sheet.ts';
import type { Text } from '../../workflows/text.ts';
import { refusal } from '../ballots/cast.ts';
import { checkOpinions, type Opinion, recordOpinions } from '../ballots/opinions.ts';
import { type Participant, readParticipants } from '../ballots/participants.ts';
import { TAKES_BALLOTS } from '../ballots/sheet.ts';
import { templateOf } from '../ballots/template.ts';
import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';
import { hashOfLink } from './links.ts';

/** What an unused link asks. */
export interface Survey {
  roundId: string;
  cycleId: string;
  cycleName: string;
  layer: string | null;
  group: AssessorGroup;
  participants: Participant[];
}

/** Finds what a link asks. @throws `survey.gone` when it is wrong or used, or the round takes no answers */
export async function readSurvey(db: Queryable, token: string, at: string): Promise<Survey> {
  const { rows } = await db.query<{
    round_id: string;
    cycle_id: string;
    cycle_name: string;
    group_key: string;
    layer: string | null;
    definition: string;
  }>(
    `SELECT l.round_id, r.cycle_id, y.name AS cycle_name, l.group_key, l.layer, c.definition
     FROM survey_links l JOIN ballot_rounds r ON r.id = l.round_id JOIN cycles y ON y.id = r.cycle_id JOIN cases c ON c.id = r.case_id
     WHERE l.token_hash = $2 AND NOT l.used AND ${TAKES_BALLOTS}`,
    [at, hashOfLink(token)],
  );
  const row = rows[0];
  if (!row) throw problem('survey.gone');
  const template = await templateOf(db, row.definition);
  const group = groupOf(template, row.group_key);
  const participants = (await readParticipants(db, row.cycle_id)).filter(({ category }) => concerns(group, category));
  return {
    roundId: row.round_id,
    cycleId: row.cycle_id,
    cycleName: row.cycle_name,
    layer: row.layer,
    group,
    participants,
  };
}

const ANSWER = `WITH used AS (
    UPDATE survey_links l SET used = true FROM ballot_rounds r JOIN cases c ON c.id = r.case_id
    WHERE l.token_hash = $2 AND NOT l.used AND r.id = l.round_id AND ${TAKES_BALLOTS} RETURNING l.round_id, l.group_key, l.layer
  ), sheet AS (
    INSERT INTO ballot_sheets (id, round_id, group_key, layer, expected, state, spoilt)
    SELECT $3::uuid, round_id, group_key, layer, $4, 'submitted', $5::json FROM used WHERE $4 > 0 RETURNING id
  ), written AS (
    INSERT INTO ballots (sheet_id, case_id, item, value, option)
    SELECT sheet.id, b.* FROM sheet, unnest($6::uuid[], $7::text[], $8::numeric[], $9::text[]) AS b
  ) SELECT FROM used`;

/**
 * Takes the answer of a one-time link: for whom one knows, by the group's scale and rules. The link is used up in the same
 * statement; nothing is kept that leads from the answer to it.
 */
export async function answerSurvey(
  db: Queryable,
  given: { token: string; ballots: readonly Cast[]; opinions: readonly Opinion[]; at: string },
): Promise<{ ballots: number; spoilt: Text[] }> {
  const { token, opinions, at } = given;
  const { cycleId, layer, group, participants } = await readSurvey(db, token, at);
  if (given.ballots.length === 0 && opinions.length === 0) throw problem('survey.empty');
  const targets = participants.map(({ caseId, indicators }) => ({
    participant: caseId,
    items: itemKeys(group, indicators),
  }));
  const { ballots, errors, spoilt } = checkSheet(group, targets, given.ballots, { partial: true });
  if (errors.length > 0) throw await refusal(db, { cycleId, assessor: null }, errors);
  checkOpinions(
    group,
    opinions,
    targets.map(({ participant }) => participant),
  );
  const { rowCount } = await db.query(ANSWER, [
    at,
    hashOfLink(token),
    randomUUID(),
    ballots.length,
    spoilt.length > 0 ? JSON.stringify(spoilt) : null,
    ballots.map(({ participant }) => participant),
    ballots.map(({ item }) => item),
    ballots.map(({ value }) => value),
    ballots.map(({ option }) => option),
  ]);
  if (rowCount === 0) throw problem('survey.gone');
  if (opinions.length > 0) await recordOpinions(db, { cycleId, layer, opinions, at });
  return { ballots: ballots.length, spoilt };
}
