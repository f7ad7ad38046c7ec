import { Prisma } from '../../prisma/client/client.ts';
import { actionsOf } from '../../workflows/approval/decide.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { blockByKey, phaseOf } from '../../workflows/machine/track.ts';
import type { Me } from '../auth/me.ts';
import type { Definitions } from '../cases/definitions.ts';
import { blockName } from '../cases/names.ts';
import { heldTasks } from '../delegations/held.ts';
import type { CaseStatus } from '../engine/types.ts';
import { aroundColumns, presentAround } from '../talk/around.ts';
import type { Ref, Task } from './schema.ts';

/** A task with what a list shows beside it. */
export interface TaskRow {
  case_id: string;
  seat: number;
  block: string;
  kind: string;
  state: string;
  opened_at: Date;
  due_at: Date | null;
  provisional: boolean;
  closed_at: Date | null;
  outcome: string | null;
  title: string;
  definition: string;
  case_status: CaseStatus;
  case_phase: string | null;
  org_id: string | null;
  org_name: string | null;
  cycle_id: string | null;
  cycle_name: string | null;
  /** The caller may act on it: as one of its people, or for one of them. */
  mine: boolean;
  priority: 'normal' | 'urgent';
  urged: { times: number; lastAt: string } | null;
  follow_up: { day: string; note: string | null } | null;
  copy: { id: string | null; name: string | null; at: string; readAt: string | null } | null;
  urgeable: boolean;
  sendable: boolean;
  /** The caller is one of its people. */
  own: boolean;
  /** Its other people, for whom the caller stands in. */
  principals: Ref[] | null;
}

export const taskColumns = (
  me: Me,
) => Prisma.sql`t.case_id, t.seat, t.block, t.kind, t.state, t.opened_at, t.due_at, t.provisional,
  t.closed_at, t.outcome, c.title, c.definition, c.status AS case_status, c.phase AS case_phase, c.org_id, o.name AS org_name, c.cycle_id, y.name AS cycle_name,
  ${holds(me)} AS mine, ${holds({ ...me, standsIn: [] })} AS own,
  ${me.standsIn.length === 0 ? Prisma.sql`NULL::json` : principals(me)} AS principals, c.priority, ${aroundColumns(me)}`;

const holds = (me: Me) =>
  Prisma.sql`EXISTS (SELECT FROM (${heldTasks(me)}) held WHERE held.case_id = t.case_id AND held.seat = t.seat)`;

const principals = (
  me: Me,
) => Prisma.sql`(SELECT json_agg(json_build_object('id', p.id, 'name', p.name) ORDER BY p.username)
    FROM people p WHERE p.id <> ${me.id}::uuid
      AND p.id IN (SELECT held.person_id FROM (${heldTasks(me)}) held WHERE held.case_id = t.case_id AND held.seat = t.seat))`;

export const taskJoins = Prisma.sql`JOIN cases c ON c.id = t.case_id
  LEFT JOIN org_units o ON o.id = c.org_id LEFT JOIN cycles y ON y.id = c.cycle_id`;

export const taskId = Prisma.sql`(t.case_id::text || '.' || t.seat)`;

export interface Presenting {
  definitions: Definitions;
  calendar: Calendar;
  now: Date;
}

/** The one JSON shape of tasks. */
export const presentTasks = async (rows: TaskRow[], { definitions, calendar, now }: Presenting): Promise<Task[]> => {
  const definitionOf = await definitions.read(rows.map(({ definition }) => definition));
  return rows.map((row) => {
    const { template } = definitionOf(row.definition);
    const open = row.state === 'open';
    return {
      id: `${row.case_id}.${row.seat}`,
      caseId: row.case_id,
      title: row.title,
      block: row.block,
      blockName: blockName(template, row.block),
      kind: row.kind === 'approval' ? 'approval' : 'task',
      state: row.state,
      phase: phaseOf(template, row.block) ?? '',
      ...(row.org_id && { org: { id: row.org_id, name: row.org_name ?? '' } }),
      ...(row.cycle_id && { cycle: { id: row.cycle_id, name: row.cycle_name ?? '' } }),
      openedAt: row.opened_at.toISOString(),
      ...(row.due_at && { dueAt: row.due_at.toISOString() }),
      provisional: row.provisional,
      ...(row.due_at && open && { workingDaysLeft: workingDaysLeft(row.due_at, now, calendar) }),
      ...(row.closed_at && { closedAt: row.closed_at.toISOString() }),
      ...(row.outcome && { outcome: row.outcome }),
      ...presentAround(row, calendar),
      ...(principalOf(row) && { onBehalfOf: principalOf(row) }),
      can: open && row.mine && row.case_status === 'active' ? allowed(blockByKey(template, row.block)) : [],
      batch: isBatch(blockByKey(template, row.block)),
    };
  });
};

/** Whom the caller acts for if they act and name nobody: the first of its people for whom they stand in. */
export const principalOf = ({ own, principals }: Pick<TaskRow, 'own' | 'principals'>): Ref | undefined =>
  own ? undefined : principals?.[0];

const allowed = (block: ReturnType<typeof blockByKey>): string[] =>
  block?.type === 'task' || block?.type === 'approval' ? actionsOf(block) : [];

/** Whether several of a block's tasks may be approved at once. */
export const isBatch = (block: ReturnType<typeof blockByKey>): boolean =>
  block?.type === 'approval' && block.batch === true;

/** Working days until a deadline: 0 is today, negative is late; late on the day itself is −1. */
export const workingDaysLeft = (due: Date, now: Date, calendar: Calendar): number => {
  const days = calendar.workingDaysBetween(calendar.dayOf(now.toISOString()), calendar.dayOf(due.toISOString()));
  return due < now ? Math.min(days, -1) : Math.max(days, 0);
};
