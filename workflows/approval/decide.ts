import { Decimal } from 'decimal.js';
import type { ActEvent, LiveBlock, Outcome, Seat } from '../machine/context.ts';
import type { ApprovalBlock, HumanBlock } from '../template/block.ts';

/** Why an action is refused: a stable id of the problem catalogue. */
export type Refusal =
  | 'task.closed'
  | 'task.notYours'
  | 'action.notAllowed'
  | 'reason.required'
  | 'transfer.to.missing'
  | 'transfer.to.same';

export type Decision = { refused: Refusal } | { seats: Seat[]; outcome?: Outcome };

/** The actions that the template allows on a block. */
export function actionsOf(block: HumanBlock): ActEvent['action'][] {
  if (block.type === 'task') return ['submit', 'transfer'];
  const actions: ActEvent['action'][] = ['approve'];
  if (block.returnTo !== undefined) actions.push('return');
  if (block.onReject !== undefined) actions.push('reject');
  return [...actions, 'transfer'];
}

/**
 * What an act does to a block: the seats after it and, once it is settled, the block's outcome. Pure; asked by the guard
 * and again by the action of the same step.
 */
export function decide(block: HumanBlock, live: LiveBlock, event: ActEvent): Decision {
  const seat = live.seats?.find((s) => s.n === event.seat);
  if (seat?.state !== 'open' || live.outcome !== undefined) return { refused: 'task.closed' };
  if (!seat.people.includes(event.onBehalfOf ?? event.actor)) return { refused: 'task.notYours' };
  if (!actionsOf(block).includes(event.action)) return { refused: 'action.notAllowed' };
  if ((event.action === 'return' || event.action === 'reject') && !event.reason?.trim())
    return { refused: 'reason.required' };
  if (event.action === 'transfer') return transfer(live, seat, event);

  const acted: Seat = { ...seat, state: 'done', by: event.actor, action: event.action };
  if (event.onBehalfOf !== undefined) acted.for = event.onBehalfOf;
  if (event.reason !== undefined) acted.reason = event.reason;
  const seats = (live.seats ?? []).map((s) => (s.n === seat.n ? acted : s));
  if (block.type === 'task') return { seats, outcome: 'done' };
  if (event.action === 'return') return { seats, outcome: 'returned' };
  return settle(block, seats);
}

function transfer(live: LiveBlock, seat: Seat, event: ActEvent): Decision {
  if (!event.to) return { refused: 'transfer.to.missing' };
  if (seat.people.length === 1 && seat.people[0] === event.to) return { refused: 'transfer.to.same' };
  const to = event.to;
  return { seats: (live.seats ?? []).map((s) => (s.n === seat.n ? { ...s, people: [to] } : s)) };
}

function settle(block: ApprovalBlock, seats: Seat[]): Decision {
  const last = (action: string) => seats.some((s) => s.action === action);
  switch (block.mode ?? 'any') {
    case 'any':
    case 'all':
    case 'sequential': {
      if (last('reject')) return { seats, outcome: 'rejected' };
      if (seats.every((s) => s.state === 'done')) return { seats, outcome: 'done' };
      if (block.mode !== 'sequential') return { seats };
      const next = seats.findIndex((s) => s.state === 'waiting');
      return { seats: seats.map((s, i) => (i === next ? { ...s, state: 'open' as const } : s)) };
    }
    case 'vote':
      return vote(block, seats);
  }
}

/** Decided as soon as the votes still out cannot change it. A vote that fails rejects where the template has `onReject`, else returns. */
function vote(block: ApprovalBlock, seats: Seat[]): Decision {
  const { quorum, pass } = block.vote ?? { quorum: '0', pass: '0.5' };
  const total = seats.length;
  const yes = seats.filter((s) => s.action === 'approve').length;
  const no = seats.filter((s) => s.action === 'reject').length;
  const out = total - yes - no;
  const share = (n: number, of: number) => (of === 0 ? new Decimal(0) : new Decimal(n).div(of));
  const quorate = share(yes + no, total).gte(quorum);
  const failed: Outcome = block.onReject === undefined ? 'returned' : 'rejected';
  if (quorate && share(yes, yes + no + out).gte(pass)) return { seats, outcome: 'done' };
  if (share(yes + out, total).lt(pass)) return { seats, outcome: failed };
  if (out === 0) return { seats, outcome: quorate && share(yes, total).gte(pass) ? 'done' : failed };
  return { seats };
}
