import type { ActEvent, LiveBlock, Outcome, Seat } from '../machine/context.ts';
import type { HumanBlock } from '../template/block.ts';
import { actionsOf, needsPerson, needsReason } from './actions.ts';
import { addSeat, removeSeat } from './add.ts';
import { claim, comeBack, delegate, transfer, unclaim } from './hand.ts';
import { settle } from './settle.ts';

/** Why an action is refused: a stable id of the problem catalogue. */
export type Refusal =
  | 'task.closed'
  | 'task.notYours'
  | 'action.notAllowed'
  | 'reason.required'
  | 'transfer.to.missing'
  | 'transfer.to.same'
  | 'approver.there'
  | 'approver.gone'
  | 'claim.alone'
  | 'delegation.own'
  | 'reassign.from'
  | 'retrieve.late'
  | 'return.target';

export type Decision = { refused: Refusal } | { seats: Seat[]; outcome?: Outcome };

export { actionsOf } from './actions.ts';

/** Actions that are refused for nothing but what `whyNot` knows. */
const PLAIN: ReadonlySet<string> = new Set(['submit', 'approve', 'reject', 'return', 'abstain', 'retrieve']);

/** Why a block does not take an act; null when it does. */
export function refusalOfAct(
  block: HumanBlock,
  live: LiveBlock,
  event: ActEvent,
  targets: readonly string[],
): Refusal | null {
  const seat = live.seats?.find((s) => s.n === event.seat);
  const refused = whyNot(block, live, seat, event, targets);
  if (refused || PLAIN.has(event.action)) return refused;
  const decision = decide(block, live, event, targets);
  return 'refused' in decision ? decision.refused : null;
}

/**
 * What an act does to a block: the seats after it and, once it is settled, the block's outcome. Pure. `targets` are the blocks that it may be returned to.
 */
export function decide(
  block: HumanBlock,
  live: LiveBlock,
  event: ActEvent,
  targets: readonly string[] = block.type === 'approval' && block.returnTo !== undefined ? [block.returnTo] : [],
): Decision {
  const seats = live.seats ?? [];
  const seat = seats.find((s) => s.n === event.seat);
  const refused = whyNot(block, live, seat, event, targets);
  if (refused || !seat) return { refused: refused ?? 'task.closed' };
  switch (event.action) {
    case 'transfer':
      return transfer(seats, seat, event);
    case 'delegate':
      return delegate(seats, seat, event);
    case 'claim':
      return claim(seats, seat, event);
    case 'unclaim':
      return unclaim(seats, seat);
    case 'addBefore':
    case 'addAfter':
    case 'addParallel':
      return addSeat(seats, seat, event);
    case 'remove':
      return removeSeat(block, seats, seat, event);
    case 'retrieve':
      return { seats: replace(seats, reopened(seat)).map((s) => waitAgain(s, seat.n)) };
    case 'return':
      return { seats: replace(seats, acted(seat, event)), outcome: 'returned' };
    default:
      if (seat.owner !== undefined) return comeBack(seats, seat, event);
      return settle(block, replace(seats, acted(seat, event)));
  }
}

function whyNot(
  block: HumanBlock,
  live: LiveBlock,
  seat: Seat | undefined,
  event: ActEvent,
  targets: readonly string[],
): Refusal | null {
  if (!seat || live.outcome !== undefined) return 'task.closed';
  const who = event.onBehalfOf ?? event.actor;
  if (event.action === 'retrieve') {
    if (seat.state !== 'done' || (seat.for ?? seat.by) !== who) return 'retrieve.late';
    // Somebody whose turn came by this decision may have acted on it.
    if ((live.seats ?? []).some((s) => s.needs?.includes(seat.n) && s.state === 'done')) return 'retrieve.late';
  } else {
    if (seat.state !== 'open') return 'task.closed';
    if (!seat.people.includes(who)) return 'task.notYours';
  }
  if (!actionsOf(block).includes(event.action)) return 'action.notAllowed';
  if (needsReason(event.action) && !event.reason?.trim()) return 'reason.required';
  if (event.action === 'return' && event.block !== undefined && !targets.includes(event.block)) return 'return.target';
  if (needsPerson(event.action) && !event.to) return 'transfer.to.missing';
  return null;
}

function acted(seat: Seat, { actor, action, onBehalfOf, reason }: ActEvent): Seat {
  const done: Seat = { ...seat, state: 'done', by: actor, action };
  if (onBehalfOf !== undefined) done.for = onBehalfOf;
  if (reason !== undefined) done.reason = reason;
  return done;
}

function reopened({ by: _by, for: _for, action: _action, reason: _reason, ...seat }: Seat): Seat {
  return { ...seat, state: 'open' };
}

/** Whose turn had come by a decision that is taken back waits for it again. */
const waitAgain = (seat: Seat, n: number): Seat =>
  seat.state === 'open' && seat.needs?.includes(n) ? { ...seat, state: 'waiting', held: true } : seat;

const replace = (seats: readonly Seat[], seat: Seat): Seat[] => seats.map((s) => (s.n === seat.n ? seat : s));
