import { type Calendar, millis } from '../../workflows/calendar/calendar.ts';
import { ladderOf } from '../../workflows/calendar/resolve.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import type { Draw } from './draw.ts';

/** An open task as its holders see it in their inbox. */
export interface OpenTask {
  caseId: string;
  seat: number;
  /** The unit that the case is about; null for the cycle's own. */
  orgId: string | null;
  block: string;
  /** How often the block was entered. */
  round: number;
  people: string[];
  openedAt: string;
  dueAt: string | null;
}

/** How somebody deals with a task. `urged`: only when the ladder reached those above; `silent`: not before its last rung. */
export type Habit = 'punctual' | 'late' | 'urged' | 'silent';

/** Offices act at ten and at four; so many of them act at the same instant, as on any working day. */
const SLOTS = [8, 2].map((hours) => hours * 3_600_000);

/** People differ: some are nearly always on time, others often late. */
export function habitOf(draw: Draw, person: string, task: OpenTask): Habit {
  const punctual = 0.76 + 0.23 * draw('punctual', person);
  const u = draw('habit', task.caseId, task.seat, person);
  if (u < punctual) return 'punctual';
  const rest = (u - punctual) / (1 - punctual);
  return rest < 0.62 ? 'late' : rest < 0.92 ? 'urged' : 'silent';
}

/** When a habit leads to action, as an instant on a working day. */
export function actionTime(habit: Habit, task: OpenTask, block: HumanBlock, draw: Draw, calendar: Calendar): string {
  const u = draw('day', task.caseId, task.seat);
  const opened = calendar.dayOf(task.openedAt);
  const inDays = (from: string, days: number) =>
    slotAfter(calendar.addWorkingDays(from, days), task.openedAt, draw('slot', task.caseId, task.seat), calendar);
  if (task.dueAt === null) return inDays(opened, 1 + Math.floor(u * 5));
  const due = calendar.dayOf(task.dueAt);
  const span = Math.max(0, calendar.workingDaysBetween(opened, due));
  if (habit === 'punctual') {
    // Most work is done shortly before it is due; but nobody puts a form off for months, nor lets the whole city wait for it.
    const room = Math.min(span, task.orgId === null ? 4 : 20);
    return inDays(opened, Math.max(room > 0 ? 1 : 0, Math.ceil(room * Math.sqrt(u))));
  }
  const lastDay = later(due, opened);
  if (habit === 'late') return inDays(lastDay, 1 + Math.floor(u * 4));
  const above = ladderOf(block, task.dueAt, calendar).filter((rung) => rung.rung >= 0 && rung.do !== 'remind');
  const rung = habit === 'urged' ? above[0] : above.at(-1);
  const since = rung ? calendar.dayOf(rung.at) : lastDay;
  return inDays(later(since, lastDay), habit === 'urged' ? 1 + Math.floor(u * 2) : 3 + Math.floor(u * 3));
}

const later = (a: string, b: string) => [a, b].sort()[1] as string;

/** The first slot of the day, or the drawn one, that lies after an instant; else the first one of the next working day. */
function slotAfter(day: string, instant: string, drawn: number, calendar: Calendar): string {
  const end = millis(calendar.endOf(day));
  const chosen = SLOTS[Math.floor(drawn * SLOTS.length)] ?? 0;
  const slot = [chosen, ...SLOTS].map((before) => end - before).find((at) => at > millis(instant));
  return slot === undefined
    ? slotAfter(calendar.addWorkingDays(day, 1), instant, drawn, calendar)
    : new Date(slot).toISOString();
}
