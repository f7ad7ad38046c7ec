import type { z } from 'zod';
import { groupOf } from '../../workflows/ballots/groups.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';
import { CLOSES_AT } from './read.ts';
import type { pendingSchema, roundSchema } from './schema.ts';
import { TAKES_BALLOTS } from './sheet.ts';
import { templateOf } from './template.ts';

interface RoundRow {
  id: string;
  block: string;
  round: number;
  opened_at: Date;
  closes_at: Date | null;
  open: boolean;
  definition: string;
  groups: string[];
  progress: Omit<z.infer<typeof roundSchema>['progress'][number], 'name'>[];
  links: z.infer<typeof roundSchema>['links'];
}

const ROUNDS = `SELECT r.id, r.block, r.round, r.opened_at, ${CLOSES_AT} AS closes_at, ${TAKES_BALLOTS} AS open, c.definition, r.groups,
    (SELECT coalesce(json_agg(p), '[]') FROM (
       SELECT s.group_key AS "group", s.layer, count(s.assessor_id)::int AS assessors, (count(*) FILTER (WHERE s.state = 'submitted'))::int AS submitted,
         (count(*) FILTER (WHERE s.state IN ('recused', 'excluded')))::int AS recused,
         (count(*) FILTER (WHERE s.spoilt IS NOT NULL AND s.state = 'submitted'))::int AS spoilt, coalesce(sum(s.expected), 0)::int AS expected,
         coalesce(sum(s.expected) FILTER (WHERE s.state = 'submitted'), 0)::int AS cast
       FROM ballot_sheets s WHERE s.round_id = r.id GROUP BY s.group_key, s.layer ORDER BY s.group_key, s.layer) p) AS progress,
    (SELECT coalesce(json_agg(l), '[]') FROM (
       SELECT l.group_key AS "group", l.layer, count(*)::int AS issued, (count(*) FILTER (WHERE l.used))::int AS used
       FROM survey_links l WHERE l.round_id = r.id GROUP BY l.group_key, l.layer ORDER BY l.group_key, l.layer) l) AS links
  FROM ballot_rounds r JOIN cases c ON c.id = r.case_id`;

/** The rounds of a cycle and how far each is, counted over the sheets. Never what anybody said. */
export async function readRounds(
  db: Queryable,
  where: { cycleId: string } | { id: string },
  me: Me,
  at: string,
): Promise<z.infer<typeof roundSchema>[]> {
  const [column, value] = 'id' in where ? ['r.id', where.id] : ['r.cycle_id', where.cycleId];
  const { rows } = await db.query<RoundRow>(`${ROUNDS} WHERE ${column} = $2 ORDER BY r.opened_at, r.id`, [at, value]);
  return Promise.all(
    rows.map(async ({ opened_at, closes_at, definition, groups, progress, ...row }) => {
      const template = await templateOf(db, definition);
      const asked = groups.map((key) => groupOf(template, key));
      const names = new Map(asked.map(({ key, name }) => [key, name]));
      const surveys = row.open && asked.some(({ kind }) => kind === 'public') && may(me, 'cases.control');
      return {
        ...row,
        block: { key: row.block, name: blockByKey(template, row.block)?.name ?? { zh: row.block, en: row.block } },
        openedAt: opened_at.toISOString(),
        closesAt: closes_at?.toISOString() ?? null,
        progress: progress.map((one) => ({ ...one, name: names.get(one.group) ?? { zh: one.group, en: one.group } })),
        surveys: asked
          .filter(({ kind }) => kind === 'public')
          .map(({ key, name, layers = [] }) => ({
            group: key,
            name,
            layers: layers.map((layer) => ({ key: layer.key, name: layer.name })),
          })),
        can: surveys ? ['issueLinks'] : [],
      };
    }),
  );
}

/** Who has not handed in, or will not, of a round. */
export async function readPending(db: Queryable, roundId: string): Promise<z.infer<typeof pendingSchema>['items']> {
  const found = await db.query('SELECT FROM ballot_rounds WHERE id = $1', [roundId]);
  if (!found.rowCount) throw problem('round.unknown');
  const { rows } = await db.query<z.infer<typeof pendingSchema>['items'][number]>(
    `SELECT s.id, s.group_key AS "group", s.layer, json_build_object('id', p.id, 'name', p.name) AS assessor, o.name AS org, s.state, s.expected, s.reason
     FROM ballot_sheets s JOIN people p ON p.id = s.assessor_id JOIN org_units o ON o.id = p.org_id
     WHERE s.round_id = $1 AND s.state <> 'submitted' ORDER BY s.group_key, s.layer, o.code, p.username LIMIT 5000`,
    [roundId],
  );
  return rows;
}
