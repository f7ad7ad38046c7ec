import { Prisma } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import {
  type GoalView,
  goalBody,
  goalList,
  goalQuery,
  goalSchema,
  issueBody,
  opinionIds,
  opinionPage,
  opinionQuery,
  opinionsBody,
  sortBody,
} from './opinionSchema.ts';
import { confirmGoal, draftGoal, issueGoal, recordOpinions, sortOpinions } from './opinions.ts';

interface OpinionRow {
  id: string;
  cycle_id: string;
  org_id: string | null;
  org: string | null;
  layer: string | null;
  text: string;
  sort: 'praise' | 'opinion' | null;
  goal_id: string | null;
  at: Date;
}

const readGoals = async (db: Database, where: Prisma.Sql): Promise<GoalView[]> => {
  const rows = await db.$queryRaw<(Omit<GoalView, 'indicator'> & { indicator_code: string | null })[]>(Prisma.sql`
    SELECT g.id, g.number, g.title, g.what, g.indicator_code, g.state, (SELECT count(*)::int FROM opinions x WHERE x.goal_id = g.id) AS opinions,
      coalesce((SELECT json_agg(json_build_object('id', o.id, 'name', o.name) ORDER BY o.code)
                FROM improvement_goal_units u JOIN org_units o ON o.id = u.org_id WHERE u.goal_id = g.id), '[]') AS units
    FROM improvement_goals g WHERE ${where} ORDER BY g.number`);
  return rows.map(({ indicator_code: indicator, ...row }) => ({ ...row, ...(indicator !== null && { indicator }) }));
};

const readGoal = async (db: Database, id: string): Promise<GoalView> => {
  const [goal] = await readGoals(db, Prisma.sql`g.id = ${id}::uuid`);
  if (!goal) throw problem('goal.unknown');
  return goal;
};

/** What raters wrote: sorted, merged into improvement goals, confirmed, and issued to units. */
export const opinionRoutes: Route[] = [
  route({
    id: 'opinions.list',
    method: 'get',
    path: '/opinions',
    summary: { zh: '评价意见', en: 'what raters wrote' },
    can: 'opinions.write',
    input: { query: opinionQuery },
    output: { status: 200, body: opinionPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query }) => {
      const where = [Prisma.sql`x.cycle_id = ${query.cycleId}::uuid`];
      if (query.q) where.push(Prisma.sql`x.text ILIKE ${likePattern(query.q)}`);
      if (query.orgId) where.push(Prisma.sql`x.org_id = ${query.orgId}::uuid`);
      if (query.goalId) where.push(Prisma.sql`x.goal_id = ${query.goalId}::uuid`);
      if (query.kind === 'unsorted') where.push(Prisma.sql`x.sort IS NULL`);
      else if (query.kind) where.push(Prisma.sql`x.sort = ${query.kind}`);
      const page = await readPage<OpinionRow>(
        db,
        {
          columns: Prisma.sql`x.*, o.name AS org`,
          from: Prisma.sql`opinions x LEFT JOIN org_units o ON o.id = x.org_id`,
          where,
          sorts: { at: { by: Prisma.sql`x.at`, type: 'timestamptz' } },
          sort: 'at',
          id: Prisma.sql`x.id::text`,
        },
        query,
      );
      const items = page.items.map((row) => ({
        id: row.id,
        cycleId: row.cycle_id,
        ...(row.org_id && { org: { id: row.org_id, name: row.org ?? '' } }),
        ...(row.layer && { layer: row.layer }),
        text: row.text,
        ...(row.sort && { sort: row.sort }),
        ...(row.goal_id && { goalId: row.goal_id }),
        at: row.at.toISOString(),
      }));
      return { body: { ...page, items } };
    },
  }),
  route({
    id: 'opinions.take',
    method: 'post',
    path: '/opinions',
    summary: { zh: '录入评价意见', en: 'take in what raters wrote' },
    can: 'opinions.write',
    input: { body: opinionsBody },
    output: { status: 201, body: opinionIds },
    problems: ['cycle.unknown', 'cycle.state', 'finding.unit'],
    handler: async ({ db, body, now }) => ({
      body: { ids: await recordOpinions(db, { cycleId: body.cycleId, at: now }, body.opinions) },
    }),
  }),
  route({
    id: 'opinions.sort',
    method: 'post',
    path: '/opinions/sort',
    summary: { zh: '分拣：表扬或意见', en: 'sort into praise and what asks for improvement' },
    can: 'opinions.write',
    input: { body: sortBody },
    output: { status: 204 },
    problems: ['opinion.unknown'],
    handler: async ({ db, body, me, now }) => {
      await sortOpinions(db, body.cycleId, body.ids, body.sort, { by: me.id, at: now });
      return {};
    },
  }),
  route({
    id: 'goals.list',
    method: 'get',
    path: '/improvement-goals',
    summary: { zh: '改进目标', en: 'improvement goals' },
    can: 'opinions.write',
    input: { query: goalQuery },
    output: { status: 200, body: goalList },
    handler: async ({ db, query: { cycleId } }) => {
      const [counts] = await db.$queryRaw<{ opinions: number; praise: number; unsorted: number }[]>(Prisma.sql`
        SELECT count(*)::int AS opinions, count(*) FILTER (WHERE sort = 'praise')::int AS praise, count(*) FILTER (WHERE sort IS NULL)::int AS unsorted
        FROM opinions WHERE cycle_id = ${cycleId}::uuid`);
      const items = await readGoals(db, Prisma.sql`g.cycle_id = ${cycleId}::uuid`);
      return { body: { items, ...(counts ?? { opinions: 0, praise: 0, unsorted: 0 }) } };
    },
  }),
  route({
    id: 'goals.create',
    method: 'post',
    path: '/improvement-goals',
    summary: { zh: '合并意见为改进目标', en: 'merge opinions into an improvement goal' },
    can: 'opinions.write',
    input: { body: goalBody },
    output: { status: 201, body: goalSchema },
    problems: ['cycle.unknown', 'cycle.state', 'finding.unit', 'opinion.unknown'],
    handler: async ({ db, body, me, now }) => ({
      body: await readGoal(db, await draftGoal(db, body, { by: me.id, at: now })),
    }),
  }),
  route({
    id: 'goals.confirm',
    method: 'post',
    path: '/improvement-goals/:id/confirm',
    summary: { zh: '确认改进目标', en: 'confirm a goal' },
    can: 'opinions.write',
    input: { params: idParams },
    output: { status: 200, body: goalSchema },
    problems: ['goal.unknown', 'goal.state'],
    handler: async ({ db, params, me, now }) => {
      await confirmGoal(db, params.id, { by: me.id, at: now });
      return { body: await readGoal(db, params.id) };
    },
  }),
  route({
    id: 'goals.issue',
    method: 'post',
    path: '/improvement-goals/:id/issue',
    summary: { zh: '下达改进目标', en: 'issue a goal: each of its units has to rectify it' },
    can: 'opinions.write',
    input: { params: idParams, body: issueBody },
    output: { status: 200, body: goalSchema },
    problems: ['goal.unknown', 'goal.state', 'cycle.state'],
    handler: async ({ db, params, body, me, now }) => {
      await issueGoal(db, params.id, body.severity, { by: me.id, at: now });
      return { body: await readGoal(db, params.id) };
    },
  }),
];
