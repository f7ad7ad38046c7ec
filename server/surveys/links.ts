import { createHash, randomBytes } from 'node:crypto';
import type { AssessorGroup } from '../../workflows/ballots/schema.ts';
import { TAKES_BALLOTS } from '../ballots/sheet.ts';
import { templateOf } from '../ballots/template.ts';
import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';

/** What is kept of a link. */
export const hashOfLink = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * Makes one-time links for a public group of an open round; they are shown once, only their hashes are kept.
 * @throws `survey.group` when the group is not public, is not asked in this round, or has no such layer
 */
export async function issueLinks(
  db: Queryable,
  given: { round: string; group: string; layer: string | null; count: number; by: string | null; at: string },
): Promise<string[]> {
  const { round, group: key, layer, count, by, at } = given;
  const { rows } = await db.query<{ open: boolean; groups: string[]; definition: string }>(
    `SELECT ${TAKES_BALLOTS} AS open, r.groups, c.definition FROM ballot_rounds r JOIN cases c ON c.id = r.case_id WHERE r.id = $2`,
    [at, round],
  );
  const found = rows[0];
  if (!found) throw problem('round.unknown');
  const { assessors = [] } = await templateOf(db, found.definition);
  const group = found.groups.includes(key) ? assessors.find((one) => one.key === key) : undefined;
  if (group?.kind !== 'public' || !hasLayer(group, layer)) throw problem('survey.group');
  if (!found.open) throw problem('ballot.closed');
  const tokens = Array.from({ length: count }, () => randomBytes(24).toString('base64url'));
  await db.query(
    'INSERT INTO survey_links (token_hash, round_id, group_key, layer, issued_by, issued_at) SELECT t, $1, $2, $3, $4, $5 FROM unnest($6::text[]) t',
    [round, key, layer, by, at, tokens.map(hashOfLink)],
  );
  return tokens;
}

/** A group with layers counts each answer in one of them. */
const hasLayer = ({ layers }: AssessorGroup, layer: string | null): boolean =>
  layers ? layers.some(({ key }) => key === layer) : layer === null;
