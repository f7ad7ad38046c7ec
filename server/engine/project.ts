import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { ladderOf } from '../../workflows/calendar/resolve.ts';
import type { CaseContext, CaseEvent, LiveBlock, Seat } from '../../workflows/machine/context.ts';
import type { Definition } from '../../workflows/machine/definition.ts';
import { momentOf } from '../../workflows/machine/moment.ts';
import { blockByKey, phaseOf } from '../../workflows/machine/track.ts';
import { type Block, type HumanBlock, untilOf } from '../../workflows/template/block.ts';
import type { When } from '../../workflows/template/when.ts';
import type { TaskRow, TimerRow, Write } from './write.ts';

/** What the tables must hold for a context: open tasks by seat, and timers by scope. Both follow from the snapshot alone. */
interface Projection {
  seats: Map<number, { block: string; live: LiveBlock; seat: Seat }>;
  scopes: Map<string, { block: string; live: LiveBlock }>;
}

const NOTHING: Projection = { seats: new Map(), scopes: new Map() };

/** The timers' scope of a live block: block and round, and for approvers in sequence also the seat, whose clock is its own. */
export function scopeOf(key: string, live: LiveBlock, block: Block | undefined): string {
  const open =
    block?.type === 'approval' && block.mode === 'sequential'
      ? live.seats?.find((seat) => seat.state === 'open')
      : undefined;
  return `${key}#${live.round}${open ? `.${open.n}` : ''}`;
}

/** Reads off a context which tasks are open and which scopes have timers. */
export function projectionOf(definition: Definition | null, context: CaseContext): Projection {
  const seats: Projection['seats'] = new Map();
  const scopes: Projection['scopes'] = new Map();
  for (const [key, live] of Object.entries(context.live ?? {})) {
    const block = definition ? blockByKey(definition.template, key) : undefined;
    scopes.set(scopeOf(key, live, block), { block: key, live });
    for (const seat of live.seats ?? []) if (seat.state === 'open') seats.set(seat.n, { block: key, live, seat });
  }
  return { seats, scopes };
}

export interface ProjectInput {
  caseId: string;
  definition: Definition | null;
  before: CaseContext | null;
  after: CaseContext;
  /** What happened; null for a start. */
  event: CaseEvent | null;
  at: string;
  calendar: Calendar;
}

type Projected = Pick<
  Write,
  'opened' | 'reopened' | 'closed' | 'reseated' | 'timersSet' | 'timersCancelled' | 'blocks' | 'waits' | 'phase'
>;

/** The difference that a step makes to tasks and timers. Pure. */
export function project({ caseId, definition, before, after, event, at, calendar }: ProjectInput): Projected {
  const old = before ? projectionOf(definition, before) : NOTHING;
  const now = projectionOf(definition, after);
  const opened: TaskRow[] = [];
  const reopened: Projected['reopened'] = [];
  const reseated: Projected['reseated'] = [];
  const timersSet: TimerRow[] = [];
  const due = new Map<string, { at: string; provisional: boolean } | null>();

  for (const [scope, { block: key, live }] of now.scopes) {
    // A scope that was there has its timers; its deadline matters again only to a seat that opens later.
    if (old.scopes.has(scope) && !live.seats?.some((seat) => seat.state === 'open' && !old.seats.has(seat.n))) continue;
    const timing = timingOf(definition, key, live, after, at, calendar);
    if (live.seats) due.set(key, timing.due);
    if (old.scopes.has(scope)) continue;
    for (const { rung, at: dueAt, provisional, do: act } of timing.timers) {
      const event = JSON.stringify({ type: 'timer', block: key, round: live.round, rung, do: act });
      timersSet.push({ caseId, scope, rung, dueAt, event, provisional });
    }
  }
  for (const [n, { block: key, live, seat }] of now.seats) {
    const was = old.seats.get(n);
    if (was) {
      const added = seat.people.filter((person) => !was.seat.people.includes(person));
      const removed = was.seat.people.filter((person) => !seat.people.includes(person));
      if (added.length + removed.length > 0) reseated.push({ seat: n, people: seat.people, added, removed });
      continue;
    }
    if (hadTask(before, key, n)) {
      reopened.push({ seat: n, people: seat.people });
      continue;
    }
    const block = definition ? blockByKey(definition.template, key) : undefined;
    const deadline = due.get(key) ?? null;
    opened.push({
      seat: n,
      block: key,
      round: live.round,
      kind: block?.type ?? 'task',
      people: seat.people,
      dueAt: deadline?.at ?? null,
      provisional: deadline?.provisional ?? false,
    });
  }
  const still = heldSeats(after);
  const closed = [...old.seats.keys(), ...heldSeats(before)]
    .filter((n) => !now.seats.has(n) && !(still.has(n) && !old.seats.has(n)))
    .map((n) => closedSeat(n, after, event));
  return {
    opened,
    reopened,
    closed,
    reseated,
    timersSet,
    timersCancelled: [...old.scopes.keys()].filter((scope) => !now.scopes.has(scope)),
    ...placeOf(definition, after),
  };
}

/** Where a case stands, as its row says it for lists and for meetings. */
export function placeOf(
  definition: Definition | null,
  context: CaseContext,
): Pick<Write, 'blocks' | 'waits' | 'phase'> {
  const blocks = Object.keys(context.live ?? {});
  return {
    blocks,
    waits: blocks.filter((key) => isMeeting(definition, key)),
    phase: phaseNow(definition, blocks),
  };
}

/** Seats whose task is there, but waits for an approver who was added before it. */
const heldSeats = (context: CaseContext | null): ReadonlySet<number> =>
  new Set(
    Object.values(context?.live ?? {}).flatMap(({ seats }) =>
      (seats ?? []).flatMap((seat) => (seat.state === 'waiting' && seat.held ? [seat.n] : [])),
    ),
  );

/** Whether a seat that opens has been open before. */
function hadTask(before: CaseContext | null, block: string, n: number): boolean {
  const seat = before?.live[block]?.seats?.find((one) => one.n === n);
  return seat?.state === 'done' || seat?.held === true;
}

/**
 * A seat that somebody decided is `done`; one that lets an added approver go first is `waiting`; one that was removed is
 * `cancelled`; one that its block lost undecided is `superseded`.
 */
function closedSeat(n: number, after: CaseContext, event: CaseEvent | null): Write['closed'][number] {
  const seat = Object.values(after.live)
    .flatMap((live) => live.seats ?? [])
    .find((one) => one.n === n);
  if (seat?.state === 'waiting') return { seat: n, state: 'waiting', by: null, outcome: null };
  if (seat?.state === 'removed') return { seat: n, state: 'cancelled', by: seat.by ?? null, outcome: 'remove' };
  if (event?.type === 'act' && event.seat === n)
    return { seat: n, state: 'done', by: event.actor, outcome: event.action };
  return { seat: n, state: 'superseded', by: null, outcome: null };
}

/** The deadline of a live block that began at an instant, and its timers. */
export function timingOf(
  definition: Definition | null,
  key: string,
  live: LiveBlock,
  context: CaseContext,
  at: string,
  city: Calendar,
) {
  const calendar = city.closingAt(context.facts?.participant?.dayEnd);
  const none = { due: null, timers: [] as { rung: number; at: string; provisional: boolean; do: string }[] };
  if (!definition) return none;
  const gather = key.endsWith('~gather');
  const block = blockByKey(definition.template, gather ? key.slice(0, -'~gather'.length) : key);
  // Who waits for a block of the whole cycle has none of its deadlines: they are the cycle's.
  if (!block || (!gather && isMeeting(definition, key))) return none;
  const { template } = definition;
  const beginning = { template, block: block.key, period: context.facts.period, item: live.item, opened: at };
  const moment = (when: When) => momentOf(when, beginning, calendar);
  if (gather) return block.opens ? { due: null, timers: [{ rung: 0, do: 'opens', ...moment(block.opens) }] } : none;
  const until = untilOf(block);
  if (until) return { due: null, timers: [{ rung: 0, do: 'until', ...moment(until) }] };
  if (!isHuman(block) || !block.deadline) return none;
  const due = moment(block.deadline);
  return { due, timers: ladderOf(block, due.at, calendar, at) };
}

export const isHuman = (block: Block | undefined): block is HumanBlock =>
  block?.type === 'task' || block?.type === 'approval';

function isMeeting(definition: Definition | null, key: string): boolean {
  if (!definition) return false;
  if (key.endsWith('~gather')) return true;
  return definition.track.kind === 'participant' && blockByKey(definition.template, key)?.per === 'cycle';
}

function phaseNow(definition: Definition | null, keys: string[]): string | null {
  const key = keys[0]?.replace(/~gather$/, '');
  return definition && key !== undefined ? (phaseOf(definition.template, key) ?? null) : null;
}
