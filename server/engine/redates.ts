import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { type Moment, shiftFrozen } from '../../workflows/calendar/resolve.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import type { Definition } from '../../workflows/machine/definition.ts';
import { projectionOf, timingOf } from './project.ts';

/** Dates that stand in the tables now, and from when they were counted. */
interface Dated {
  dueAt: string;
  provisional: boolean;
  openedAt: string | null;
}
export interface DatedTask extends Dated {
  seat: number;
}
export interface DatedTimer extends Dated {
  scope: string;
  rung: number;
}

/** A time during which the case stood still. */
export interface Stop {
  from: string;
  to: string;
}

/** A date that is another one by the calendar of today, or as certain or uncertain as it was not before. */
export interface Redate {
  block: string;
  from: string;
  to: string;
  provisional: boolean;
}

export interface Redates {
  tasks: (Redate & { seat: number })[];
  timers: (Redate & { scope: string; rung: number })[];
}

export interface RedateInput {
  definition: Definition;
  context: CaseContext;
  tasks: readonly DatedTask[];
  timers: readonly DatedTimer[];
  stops: readonly Stop[];
}

/** A moment of something that began then, moved by the times that its case stood still since. */
export function settled(
  moment: Moment,
  openedAt: string,
  stops: readonly Stop[],
  calendar: Calendar,
): { to: string; provisional: boolean } {
  const to = stops
    .filter((stop) => stop.from >= openedAt)
    .reduce((at, stop) => shiftFrozen(at, stop.from, stop.to, calendar), moment.at);
  return { to, provisional: moment.provisional || calendar.dayOf(to) > calendar.knownUntil };
}

/** Counts the dates of a case's live blocks again: from when they began, without the times that it stood still. Pure. */
export function redatesOf({ definition, context, tasks, timers, stops }: RedateInput, calendar: Calendar): Redates {
  const { seats, scopes } = projectionOf(definition, context);
  const redates: Redates = { tasks: [], timers: [] };
  const settle = (moment: Moment, openedAt: string) => settled(moment, openedAt, stops, calendar);
  for (const { seat, dueAt: from, provisional, openedAt } of tasks) {
    const place = seats.get(seat);
    if (!place || openedAt === null) continue;
    const { due } = timingOf(definition, place.block, place.live, context, openedAt, calendar);
    const now = due && settle(due, openedAt);
    if (now && (now.to !== from || now.provisional !== provisional))
      redates.tasks.push({ seat, block: place.block, from, ...now });
  }
  for (const { scope, rung, dueAt: from, provisional, openedAt } of timers) {
    const place = scopes.get(scope);
    if (!place || openedAt === null) continue;
    const timing = timingOf(definition, place.block, place.live, context, openedAt, calendar);
    const moment = timing.timers.find((one) => one.rung === rung);
    const now = moment && settle(moment, openedAt);
    if (now && (now.to !== from || now.provisional !== provisional))
      redates.timers.push({ scope, rung, block: place.block.replace(/~gather$/, ''), from, ...now });
  }
  return redates;
}
