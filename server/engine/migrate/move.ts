import type { Calendar } from '../../../workflows/calendar/calendar.ts';
import type { Json } from '../../../workflows/json.ts';
import type { CaseContext, LiveBlock } from '../../../workflows/machine/context.ts';
import type { Definition } from '../../../workflows/machine/definition.ts';
import { type Mapping, migrateCase, trackIn, type Unsafe } from '../../../workflows/machine/migrate.ts';
import type { Snapshot } from '../../../workflows/machine/run.ts';
import { blockByKey } from '../../../workflows/machine/track.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { scopeOf, timingOf } from '../project.ts';
import { type Stop, settled } from '../redates.ts';

/** What the record of a case says of its move: under which definition it goes on, and what stood before. */
export interface RecordedMove {
  id: string;
  from: string;
  to: string;
  mapping: Mapping;
}

export interface TaskNow {
  seat: number;
  block: string;
  state: string;
  dueAt: string | null;
  provisional: boolean;
  openedAt: string;
}

export interface TimerNow {
  scope: string;
  rung: number;
  dueAt: string;
  event: Json;
  provisional: boolean;
  openedAt: string | null;
  frozenAt: string | null;
  parked: boolean;
}

/** A case as it stands, with its rows. */
export interface CaseNow {
  definition: Definition;
  snapshot: Snapshot<CaseContext>;
  tasks: readonly TaskNow[];
  timers: readonly TimerNow[];
  stops: readonly Stop[];
  /** Since when its clock stands still. */
  frozenAt: string | null;
}

/** A date that another version moves, sets or drops. */
export interface MovedDate {
  what: 'deadline' | 'timer';
  block: string;
  do?: string;
  from: string | null;
  to: string | null;
  provisional: boolean;
}

/** What a move to another version makes of a case. */
export interface Move {
  definition: Definition;
  snapshot: Snapshot<CaseContext>;
  keys: ReadonlyMap<string, string>;
  tasks: TaskNow[];
  timers: TimerNow[];
  dates: MovedDate[];
}

interface TimerEvent {
  type: string;
  block?: string;
  round?: number;
  do?: string;
}
const eventOf = (timer: TimerNow) => timer.event as unknown as TimerEvent;

/**
 * Where a case would stand under another version, with its tasks and timers: whoever holds a task keeps it, dates are counted
 * again from when the block began. What has fired is not fired again for a date that has passed. Pure.
 */
export function moveOf(
  now: CaseNow,
  template: CycleTemplate,
  mapping: Mapping,
  at: string,
  calendar: Calendar,
): Move | { unsafe: Unsafe[] } {
  const track = trackIn(now.definition.template, template, mapping, now.definition.track);
  if (!track) {
    const block = now.definition.track.kind === 'item' ? now.definition.track.block : '';
    const text = { zh: `新版本没有循环“${block}”`, en: `the new version has no repeat "${block}"` };
    return { unsafe: [{ reason: 'gone', block, text }] };
  }
  const definition: Definition = { template, track };
  const moved = migrateCase(now.definition, definition, mapping, now.snapshot);
  if ('unsafe' in moved) return moved;
  const before = now.snapshot.context;
  const after = moved.snapshot.context;
  const tasks: TaskNow[] = [];
  const timers: TimerNow[] = [];
  const dates: MovedDate[] = [];
  for (const [old, key] of moved.keys) {
    const place = { old, key, was: before.live[old] as LiveBlock, is: after.live[key] as LiveBlock };
    const own = timersOf(place, { ...now, before, after, to: definition, at, calendar });
    tasks.push(...own.tasks);
    timers.push(...own.timers);
    dates.push(...own.dates);
  }
  // What is done already is listed under the new name, too.
  const live = new Set(tasks.map(({ seat }) => seat));
  for (const task of now.tasks.filter(({ seat }) => !live.has(seat)))
    tasks.push({ ...task, block: mapping[task.block] ?? task.block });
  // Messages wait for a block by its name.
  for (const timer of now.timers.filter(({ scope }) => isMessage(scope))) {
    const event = eventOf(timer);
    const key = event.block === undefined ? undefined : moved.keys.get(event.block);
    timers.push(key === undefined ? timer : { ...timer, event: { ...event, block: key } as unknown as Json });
  }
  return { definition, snapshot: moved.snapshot, keys: moved.keys, tasks, timers, dates };
}

const isMessage = (scope: string) => scope === 'drop' || scope.startsWith('child:');

interface Around extends CaseNow {
  before: CaseContext;
  after: CaseContext;
  to: Definition;
  at: string;
  calendar: Calendar;
}

/** The tasks and timers of one live block, counted by the new version. */
function timersOf(
  { old, key, was, is }: { old: string; key: string; was: LiveBlock; is: LiveBlock },
  { definition, to, before, after, tasks, timers, stops, frozenAt, at, calendar }: Around,
): Pick<Move, 'tasks' | 'timers' | 'dates'> {
  const made: Pick<Move, 'tasks' | 'timers' | 'dates'> = { tasks: [], timers: [], dates: [] };
  const oldScope = scopeOf(old, was, blockByKey(definition.template, old));
  const scope = scopeOf(key, is, blockByKey(to.template, key));
  const rows = timers.filter((timer) => timer.scope === oldScope);
  const held = tasks.filter(({ seat }) => was.seats?.some((one) => one.n === seat));
  const opened = rows.find(({ openedAt }) => openedAt !== null)?.openedAt ?? held[0]?.openedAt ?? at;
  const { timers: ladder } = timingOf(definition, old, was, before, opened, calendar);
  const timing = timingOf(to, key, is, after, opened, calendar);

  for (const task of held) {
    const { due } = timingOf(to, key, is, after, task.openedAt, calendar);
    const moment = due && settled(due, task.openedAt, stops, calendar);
    const next = { dueAt: moment?.to ?? null, provisional: moment?.provisional ?? false };
    if (next.dueAt !== task.dueAt)
      made.dates.push({
        what: 'deadline',
        block: key,
        from: task.dueAt,
        to: next.dueAt,
        provisional: next.provisional,
      });
    made.tasks.push({ ...task, block: key, ...next });
  }
  const kept = new Set<TimerNow>();
  for (const { rung, do: act, ...moment } of timing.timers) {
    const same = rows.find((row) => row.rung === rung && eventOf(row).do === act);
    if (same) kept.add(same);
    const { to: dueAt, provisional } = settled(moment, opened, stops, calendar);
    const fired = !same && ladder.some((one) => one.rung === rung && one.do === act);
    if (Date.parse(dueAt) <= Date.parse(frozenAt ?? at) && (fired || (act === 'remind' && !same))) continue;
    const event = { type: 'timer', block: key, round: is.round, rung, do: act };
    made.timers.push({
      scope,
      rung,
      dueAt,
      event,
      provisional,
      openedAt: opened,
      frozenAt,
      parked: same?.parked ?? false,
    });
    if (dueAt !== same?.dueAt)
      made.dates.push({ what: 'timer', block: key, do: act, from: same?.dueAt ?? null, to: dueAt, provisional });
  }
  for (const row of rows.filter((one) => !kept.has(one))) {
    const act = eventOf(row).do;
    made.dates.push({
      what: 'timer',
      block: key,
      ...(act !== undefined && { do: act }),
      from: row.dueAt,
      to: null,
      provisional: false,
    });
  }
  return made;
}
