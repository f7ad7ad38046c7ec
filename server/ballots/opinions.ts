import { v7 as uuidv7 } from 'uuid';
import type { AssessorGroup } from '../../workflows/ballots/schema.ts';
import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';

/** What a rater wrote, of one participant (its case) or of all in general. */
export interface Opinion {
  participant?: string | undefined;
  text: string;
}

/** @throws `ballot.invalid` where the group asks for no opinions, `ballot.unknownUnit` for those of units that it does not score */
export function checkOpinions(
  { opinions: asked }: AssessorGroup,
  opinions: readonly Opinion[],
  participants: readonly string[],
): void {
  if (opinions.length === 0) return;
  const unasked = { path: 'opinions', message: { zh: '此处不征求意见', en: 'no opinions are asked for here' } };
  if (!asked) throw problem('ballot.invalid', { errors: [unasked] });
  const known = new Set(participants);
  const errors = opinions.flatMap(({ participant }, i) =>
    participant === undefined || known.has(participant)
      ? []
      : [{ path: `opinions[${i}].participant`, message: { zh: '没有这个参评单位', en: 'no such participant' } }],
  );
  if (errors.length > 0) throw problem('ballot.unknownUnit', { errors });
}

/** Puts opinions among those that are sorted and answered (意见), without who wrote them and to the day only. */
export async function recordOpinions(
  db: Queryable,
  given: { cycleId: string; layer: string | null; opinions: readonly Opinion[]; at: string },
): Promise<void> {
  const { cycleId, layer, opinions, at } = given;
  await db.query(
    `INSERT INTO opinions (id, cycle_id, org_id, layer, text, at)
     SELECT o.id, $1::uuid, c.org_id, $2, o.text, date_trunc('day', $3::timestamptz)
     FROM unnest($4::uuid[], $5::uuid[], $6::text[]) AS o(id, case_id, text) LEFT JOIN cases c ON c.id = o.case_id`,
    [
      cycleId,
      layer,
      at,
      opinions.map(() => uuidv7()),
      opinions.map(({ participant }) => participant ?? null),
      opinions.map(({ text }) => text),
    ],
  );
}
