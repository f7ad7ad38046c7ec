import { Prisma } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Me } from '../auth/me.ts';
import type { Definitions } from '../cases/definitions.ts';
import { heldTasks } from '../delegations/held.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage, type SortColumn } from '../http/page.ts';
import type { Call } from '../http/route.ts';
import { presentTasks, type TaskRow, taskColumns, taskId, taskJoins } from './rows.ts';
import type { Task, TaskQuery } from './schema.ts';

export type TaskReader = Pick<Call<unknown, unknown, unknown>, 'db' | 'deps' | 'me' | 'now'>;

/** Due within so many working days is soon. */
const SOON_DAYS = 3;

/** What is urgent first, then by deadline. */
const urgency = Prisma.sql`((CASE c.priority WHEN 'urgent' THEN '0' ELSE '1' END
  || to_char(coalesce(t.due_at, '9999-12-31') AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')) COLLATE "C")`;

const sorts: Record<string, SortColumn> = {
  urgency: { by: urgency, type: 'text' },
  dueAt: { by: Prisma.sql`coalesce(t.due_at, 'infinity')`, type: 'timestamptz' },
  openedAt: { by: Prisma.sql`t.opened_at`, type: 'timestamptz' },
  closedAt: { by: Prisma.sql`coalesce(t.closed_at, 'infinity')`, type: 'timestamptz' },
  title: { by: Prisma.sql`c.title`, type: 'text' },
};

/** 待办、已办、我发起、抄送: where each box takes its tasks from, and how it is sorted by default. */
const boxOf = (box: TaskQuery['box'], me: Me): { from: Prisma.Sql; where: Prisma.Sql; sort: string } => {
  switch (box) {
    case 'todo':
      return {
        from: Prisma.sql`(${distinctHeld(me)}) m JOIN tasks t ON t.case_id = m.case_id AND t.seat = m.seat ${taskJoins}`,
        where: Prisma.sql`t.state = 'open' AND c.status = 'active'`,
        sort: 'urgency',
      };
    case 'done':
      return {
        from: Prisma.sql`${actedCases(me)} JOIN tasks t ON t.case_id = acted.case_id ${taskJoins}`,
        where: Prisma.sql`(t.closed_by = ${me.id}::uuid OR EXISTS (SELECT FROM case_events e WHERE e.case_id = t.case_id AND e.at = t.closed_at
          AND e.on_behalf_of = ${me.id}::uuid AND (e.body->'events'->0->>'seat')::int = t.seat))`,
        sort: '-closedAt',
      };
    case 'started':
      return {
        from: Prisma.sql`${actedCases(me)} JOIN tasks t ON t.case_id = acted.case_id ${taskJoins}`,
        where: Prisma.sql`t.state = 'open' AND c.snapshot->'context'->>'initiator' = ${me.id}`,
        sort: 'dueAt',
      };
    case 'told':
      return {
        from: Prisma.sql`tasks t ${taskJoins}`,
        where: Prisma.sql`(t.case_id, t.seat) IN (SELECT k.case_id, k.seat FROM copies k WHERE k.person_id = ${me.id}::uuid)`,
        sort: '-closedAt',
      };
  }
};

/** Each task that the person may act on, once. */
const distinctHeld = (me: Me): Prisma.Sql =>
  me.standsIn.length === 0
    ? heldTasks(me)
    : Prisma.sql`SELECT DISTINCT held.case_id, held.seat FROM (${heldTasks(me)}) held`;

/** Cases in which the person acted, or somebody for them: the record is indexed by both, the tasks are not. */
const actedCases = (me: Me): Prisma.Sql =>
  Prisma.sql`(SELECT case_id FROM case_events WHERE actor = ${me.id}::uuid AND type = 'act'
    UNION SELECT case_id FROM case_events WHERE on_behalf_of = ${me.id}::uuid) acted`;

/** A page of one of the caller's boxes. */
export const listTasks = async (call: TaskReader, query: TaskQuery, definitions: Definitions): Promise<Page<Task>> => {
  const { db, deps, me, now } = call;
  const calendar = deps.calendar();
  const box = boxOf(query.box, me);
  const where = [box.where];
  if (query.cycleId) where.push(Prisma.sql`c.cycle_id = ${query.cycleId}::uuid`);
  if (query.orgId) where.push(Prisma.sql`c.org_id = ${query.orgId}::uuid`);
  if (query.q) where.push(Prisma.sql`(c.title || ' ' || coalesce(o.name, '')) ILIKE ${likePattern(query.q)}`);
  if (query.due) where.push(Prisma.sql`${dueClass(now, calendar)} = ${query.due}`);
  const page = await readPage<TaskRow>(
    db,
    { columns: taskColumns(me), from: box.from, where, sorts, sort: box.sort, id: taskId },
    query,
  );
  return { ...page, items: await presentTasks(page.items, { definitions, calendar, now }) };
};

/** `overdue`, `soon` or `later`; without a deadline it is later. */
const dueClass = (now: Date, calendar: Calendar): Prisma.Sql => {
  const soon = calendar.endOf(calendar.addWorkingDays(calendar.dayOf(now.toISOString()), SOON_DAYS));
  return Prisma.sql`CASE WHEN t.due_at < ${now} THEN 'overdue' WHEN t.due_at <= ${new Date(soon)} THEN 'soon' ELSE 'later' END`;
};

type Counted = Record<'overdue' | 'soon' | 'later' | 'done' | 'started' | 'told', number>;

/** What the inbox shows on its tabs, in one question: it is asked at every live event. */
export const countTasks = async ({ db, deps, me, now }: TaskReader) => {
  const boxed = (box: TaskQuery['box'], kind: Prisma.Sql) => {
    const { from, where } = boxOf(box, me);
    return Prisma.sql`SELECT ${kind} AS kind, count(*)::int AS n FROM ${from} WHERE ${where} GROUP BY 1`;
  };
  const rows = await db.$queryRaw<{ kind: keyof Counted; n: number }[]>(Prisma.sql`
    ${boxed('todo', dueClass(now, deps.calendar()))} UNION ALL
    ${boxed('done', Prisma.sql`'done'`)} UNION ALL
    ${boxed('started', Prisma.sql`'started'`)} UNION ALL
    SELECT 'told', count(*)::int FROM notices WHERE person_id = ${me.id}::uuid AND read_at IS NULL`);
  const counted: Counted = { overdue: 0, soon: 0, later: 0, done: 0, started: 0, told: 0 };
  for (const { kind, n } of rows) counted[kind] = n;
  const { overdue, soon, later, done, started, told } = counted;
  return { todo: overdue + soon + later, overdue, dueSoon: soon, done, started, told, byDue: { overdue, soon, later } };
};

/** The open tasks of a case, for its page. The case itself was checked. */
export const listCaseTasks = async (
  { db, deps, me, now }: TaskReader,
  caseId: string,
  definitions: Definitions,
): Promise<Task[]> => {
  const rows = await db.$queryRaw<TaskRow[]>(Prisma.sql`
    SELECT ${taskColumns(me)} FROM tasks t ${taskJoins} WHERE t.case_id = ${caseId}::uuid AND t.state = 'open' ORDER BY t.due_at, t.seat`);
  return presentTasks(rows, { definitions, calendar: deps.calendar(), now });
};

/** The caller's most urgent open task beside one. */
export const nextTask = async (db: Database, me: Me, besides: string): Promise<string | undefined> => {
  const box = boxOf('todo', me);
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT ${taskId} AS id FROM ${box.from} WHERE ${box.where} AND ${taskId} <> ${besides}
    ORDER BY ${urgency}, t.opened_at, t.case_id LIMIT 1`);
  return rows[0]?.id;
};
