import { type Ballot, type Cast, checkSheet, type SheetError } from '../../workflows/ballots/sheet.ts';
import type { Text } from '../../workflows/text.ts';
import type { Queryable } from '../engine/rows.ts';
import { type ProblemId, problem } from '../http/problem.ts';
import { checkOpinions, type Opinion, recordOpinions } from './opinions.ts';
import { readSheet, type Sheet, type SheetKey, TAKES_BALLOTS } from './sheet.ts';

export interface CastOptions {
  round: string;
  group: string;
  assessor: string;
  /** Every ballot of the sheet. */
  sheet: readonly Cast[];
  opinions?: readonly Opinion[];
  at: string;
}

/** What became of a sheet that was handed in. */
export interface Handed {
  sheet: string;
  ballots: number;
  /** Why it counts as spoilt; empty when it counts. */
  spoilt: Text[];
  round: string;
  caseId: string;
  block: string;
  roundNumber: number;
  /** Few sheets are still open: it may have been the last one. */
  nearEnd: boolean;
}

/**
 * Hands in a sheet, all of it or nothing: its ballots and its state in one statement, which takes effect only while the round
 * takes ballots and the sheet is as it was checked.
 *
 * @throws `ballot.invalid` and its kin, with the row of each error; nothing is changed
 */
export async function castBallots(db: Queryable, options: CastOptions): Promise<Handed> {
  const { at, opinions = [] } = options;
  const sheet = await readSheet(db, options, at);
  refuseState(sheet);
  const { ballots, errors, spoilt } = checkSheet(sheet.group, sheet.targets, options.sheet);
  if (errors.length > 0) throw await refusal(db, sheet, errors);
  checkOpinions(
    sheet.group,
    opinions,
    sheet.targets.map(({ participant }) => participant),
  );
  const nearEnd = await write(db, sheet, ballots, spoilt, at);
  if (nearEnd === null) {
    refuseState(await readSheet(db, options, at));
    throw problem('ballot.stale');
  }
  if (opinions.length > 0) await recordOpinions(db, { ...sheet, opinions, at });
  const { roundId: round, caseId, block, round: roundNumber } = sheet;
  return { sheet: sheet.id, ballots: ballots.length, spoilt, round, caseId, block, roundNumber, nearEnd };
}

/** Saves what an assessor has filled in so far; it counts for nothing until it is handed in. */
export async function saveDraft(
  db: Queryable,
  { sheet: draft, at, ...key }: SheetKey & { sheet: readonly Cast[]; at: string },
): Promise<void> {
  const sheet = await readSheet(db, key, at);
  refuseState(sheet);
  const { errors } = checkSheet(sheet.group, sheet.targets, draft, { draft: true });
  if (errors.length > 0) throw await refusal(db, sheet, errors);
  const { rowCount } = await db.query(
    'UPDATE ballot_sheets SET draft = $2 WHERE id = $1 AND version = $3 AND NOT closed',
    [sheet.id, JSON.stringify(draft), sheet.version],
  );
  if (rowCount === 0) throw problem('ballot.stale');
}

/** @throws when the sheet takes no ballots now */
export function refuseState({ open, state, group }: Sheet): void {
  if (!open) throw problem('ballot.closed');
  if (state === 'recused' || state === 'excluded') throw problem('ballot.recused');
  if (state === 'submitted' && !group.change) throw problem('ballot.submitted');
}

/** With fewer open sheets than this, more of which cannot be handed in at the same moment, it is worth asking whether that was all. */
const NEAR = 64;

const CAST = {
  name: 'bihuan_cast',
  text: `WITH mine AS (
    UPDATE ballot_sheets s SET state = 'submitted', submitted_at = $1, draft = NULL, spoilt = $3, version = s.version + 1
    FROM ballot_rounds r JOIN cases c ON c.id = r.case_id
    WHERE s.id = $2 AND s.version = $4 AND NOT s.closed AND r.id = s.round_id AND ${TAKES_BALLOTS}
    RETURNING s.id, s.round_id
  ), written AS (
    INSERT INTO ballots (sheet_id, case_id, item, value, option)
    SELECT mine.id, b.* FROM mine, unnest($5::uuid[], $6::text[], $7::numeric[], $8::text[]) AS b
    ON CONFLICT (sheet_id, case_id, item) DO UPDATE SET value = excluded.value, option = excluded.option
  ) SELECT (SELECT count(*) FROM (SELECT FROM ballot_sheets o WHERE o.round_id = mine.round_id AND o.state = 'open' LIMIT ${NEAR}) open) < ${NEAR} AS near
    FROM mine`,
};

/** @returns whether the round is near its end; null when nothing was written */
async function write(
  db: Queryable,
  sheet: Pick<Sheet, 'id' | 'version'>,
  ballots: readonly Ballot[],
  spoilt: readonly Text[],
  at: string,
): Promise<boolean | null> {
  const { rows } = await db.query<{ near: boolean }>({
    ...CAST,
    values: [
      at,
      sheet.id,
      spoilt.length > 0 ? JSON.stringify(spoilt) : null,
      sheet.version,
      ballots.map(({ participant }) => participant),
      ballots.map(({ item }) => item),
      ballots.map(({ value }) => value),
      ballots.map(({ option }) => option),
    ],
  });
  return rows[0]?.near ?? null;
}

const FAULTS: Record<SheetError['fault'] | 'ownUnit' | 'unknownUnit', ProblemId> = {
  scale: 'ballot.scale',
  notOnSheet: 'ballot.notOnSheet',
  item: 'ballot.item',
  twice: 'ballot.twice',
  missing: 'ballot.missing',
  rule: 'ballot.rule',
  ownUnit: 'ballot.ownUnit',
  unknownUnit: 'ballot.unknownUnit',
};

/** One problem for all errors of a sheet: named by what is wrong, when it is one thing. */
export async function refusal(
  db: Queryable,
  sheet: Pick<Sheet, 'cycleId' | 'assessor'>,
  errors: readonly SheetError[],
) {
  const strangers = errors.flatMap(({ fault, participant }) =>
    fault === 'notOnSheet' && participant ? [participant] : [],
  );
  const why = strangers.length > 0 ? await reasonsFor(db, sheet, strangers) : new Map<string, 'ownUnit'>();
  const faults = new Set(
    errors.map(({ fault, participant }) =>
      fault === 'notOnSheet' ? (why.get(participant ?? '') ?? 'unknownUnit') : fault,
    ),
  );
  const [only] = faults;
  const id = faults.size === 1 && only ? FAULTS[only] : 'ballot.invalid';
  return problem(id, { errors: errors.map(({ path, message }) => ({ path, message })) });
}

/** Why units are not on somebody's sheet: the own one, or left out for another reason. */
async function reasonsFor(
  db: Queryable,
  { cycleId, assessor }: Pick<Sheet, 'cycleId' | 'assessor'>,
  caseIds: readonly string[],
): Promise<Map<string, 'ownUnit' | 'notOnSheet'>> {
  const { rows } = await db.query<{ id: string; own: boolean }>(
    `WITH RECURSIVE house AS (
       SELECT o.id, o.kind, o.parent_id FROM people p JOIN org_units o ON o.id = p.org_id WHERE p.id = $2
       UNION SELECT u.id, u.kind, u.parent_id FROM house h JOIN org_units u ON u.id = h.parent_id WHERE h.kind = 'section'
     ) SELECT c.id, c.org_id IN (SELECT id FROM house) OR coalesce(o.head_id = $2, false) AS own
     FROM cases c JOIN org_units o ON o.id = c.org_id WHERE c.cycle_id = $1 AND c.kind = 'participant' AND c.id = ANY($3::uuid[])`,
    [cycleId, assessor, caseIds],
  );
  return new Map(rows.map(({ id, own }) => [id, own ? 'ownUnit' : 'notOnSheet']));
}
