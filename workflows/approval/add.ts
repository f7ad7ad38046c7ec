import type { ActEvent, Seat } from '../machine/context.ts';
import type { HumanBlock } from '../template/block.ts';
import { mayRemove } from './actions.ts';
import type { Decision } from './decide.ts';
import { taken } from './hand.ts';
import { settle } from './settle.ts';

/**
 * 加签. `addBefore`: the new approver decides first, then the adder; `addAfter`: after the adder, before whoever would have come
 * next; `addParallel`: at the same time, and whoever comes next waits for both. The order of the others stays.
 */
export function addSeat(seats: readonly Seat[], seat: Seat, event: ActEvent): Decision {
  const to = event.to as string;
  if (taken(seats, to)) return { refused: 'approver.there' };
  const n = event.next ?? Math.max(...seats.map((s) => s.n)) + 1;
  const base = { n, people: [to], addedBy: event.onBehalfOf ?? event.actor };
  const at = seats.findIndex((s) => s.n === seat.n);
  if (event.action === 'addBefore') {
    const added: Seat = { ...base, state: 'open', ...(seat.needs && { needs: seat.needs }) };
    const waiting: Seat = { ...seat, state: 'waiting', held: true, needs: [...(seat.needs ?? []), n] };
    return { seats: [...seats.slice(0, at), added, waiting, ...seats.slice(at + 1)] };
  }
  const followers = (s: Seat): Seat => (s.needs?.includes(seat.n) ? { ...s, needs: [...s.needs, n] } : s);
  const added: Seat =
    event.action === 'addAfter'
      ? { ...base, state: 'waiting', needs: [seat.n] }
      : { ...base, state: 'open', ...(seat.needs && { needs: seat.needs }) };
  return { seats: [...seats.slice(0, at + 1).map(followers), added, ...seats.slice(at + 1).map(followers)] };
}

/** 减签: takes back an approver whom one has added and who has not decided. Whoever waited for them waits no more. */
export function removeSeat(block: HumanBlock, seats: readonly Seat[], seat: Seat, event: ActEvent): Decision {
  const adder = event.onBehalfOf ?? event.actor;
  const gone = seats.find((s) => s.n === event.target);
  if (!gone || !mayRemove(gone, seat, adder)) return { refused: 'approver.gone' };
  return settle(
    block,
    seats.map((s) => (s.n === gone.n ? { ...s, state: 'removed' as const, by: event.actor } : s)),
  );
}
