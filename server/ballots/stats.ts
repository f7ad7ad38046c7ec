import type pg from 'pg';
import type { z } from 'zod';
import { groupOf } from '../../workflows/ballots/groups.ts';
import type { Stats } from '../../workflows/ballots/stats.ts';
import { transaction } from '../db/transaction.ts';
import { problem } from '../http/problem.ts';
import { countBallots, takeCounted } from './count.ts';
import { readParticipants } from './participants.ts';
import type { Statistic, statsSchema } from './schema.ts';
import { TAKES_BALLOTS } from './sheet.ts';
import { templateOf } from './template.ts';

/** What a round came to, per unit and group, once it takes no ballots any more. Below the minimum of votes nothing is shown, and never a ballot by itself. */
export async function readRoundStats(
  pool: pg.Pool,
  id: string,
  at: string,
): Promise<z.infer<typeof statsSchema>['items']> {
  const { rows } = await pool.query<{ cycle_id: string; groups: string[]; open: boolean; definition: string }>(
    `SELECT r.cycle_id, r.groups, ${TAKES_BALLOTS} AS open, c.definition FROM ballot_rounds r JOIN cases c ON c.id = r.case_id WHERE r.id = $2`,
    [at, id],
  );
  const round = rows[0];
  if (!round) throw problem('round.unknown');
  if (round.open) throw problem('round.open');
  const template = await templateOf(pool, round.definition);
  const rounds = round.groups.map((key) => ({ roundId: id, group: groupOf(template, key) }));
  const participants = await readParticipants(pool, round.cycle_id);
  const found = await transaction(pool, async (client) => {
    await countBallots(client, rounds);
    return takeCounted(client, rounds, participants);
  });
  return participants.flatMap(({ caseId, name }) =>
    Object.entries(found.get(caseId) ?? {}).flatMap(([group, { cast, valid, items }]) =>
      cast === 0
        ? []
        : [
            {
              participant: { id: caseId, name },
              group,
              cast,
              valid,
              shown: Object.keys(items).length > 0,
              items: mapValues(items, ({ layers, ...all }) => ({
                ...withoutEnds(all),
                ...(layers && { layers: mapValues(layers, withoutEnds) }),
              })),
            },
          ],
    ),
  );
}

const mapValues = <From, To>(given: Record<string, From>, change: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]));

/** The highest and the lowest are ballots by themselves: rules need them for a trimmed mean, nobody else does. */
const withoutEnds = ({ min: _, max: __, layers: ___, ...rest }: Stats): Statistic => rest;
