import type { ActEvent, Seat } from '../machine/context.ts';
import type { Decision } from './decide.ts';

const put = (seats: readonly Seat[], n: number, change: (seat: Seat) => Seat): { seats: Seat[] } => ({
  seats: seats.map((seat) => (seat.n === n ? change(seat) : seat)),
});

const holds = (seat: Seat, person: string) => seat.people.length === 1 && seat.people[0] === person;

/** 转办: somebody else takes the seat, for good. */
export function transfer(seats: readonly Seat[], seat: Seat, event: ActEvent): Decision {
  const to = event.to as string;
  if (holds(seat, to)) return { refused: 'transfer.to.same' };
  if (taken(seats, to, seat.n)) return { refused: 'approver.there' };
  return put(seats, seat.n, ({ pool: _pool, ...s }) => ({ ...s, people: [to] }));
}

/** 委派: somebody else prepares it; then it comes back to whom it belongs to. */
export function delegate(seats: readonly Seat[], seat: Seat, event: ActEvent): Decision {
  const to = event.to as string;
  const owner = event.onBehalfOf ?? event.actor;
  if (to === owner || holds(seat, to)) return { refused: 'transfer.to.same' };
  if (taken(seats, to, seat.n)) return { refused: 'approver.there' };
  return put(seats, seat.n, (s) => ({ ...s, people: [to], owner: s.owner ?? owner }));
}

/** The one it was delegated to has acted: the seat goes back, with the advice. */
export function comeBack(seats: readonly Seat[], seat: Seat, event: ActEvent): Decision {
  return put(seats, seat.n, ({ owner, ...s }) => ({
    ...s,
    people: [owner as string],
    advice: [
      ...(s.advice ?? []),
      { by: event.actor, action: event.action, ...(event.reason && { reason: event.reason }) },
    ],
  }));
}

/**
 * 改派: the office gives a seat that is not decided to somebody else, whether or not its turn has come. With `from` only that
 * person is replaced, also as whom a delegated task comes back to and as a candidate of a claimed one.
 */
export function reassign(
  seats: readonly Seat[],
  n: number,
  { from, to }: { from?: string | undefined; to: string },
): Decision {
  const seat = seats.find((one) => one.n === n);
  if (!seat || (seat.state !== 'open' && seat.state !== 'waiting')) return { refused: 'task.closed' };
  const swap = (people: readonly string[]) => [...new Set(people.map((one) => (one === from ? to : one)))];
  if (from === undefined ? holds(seat, to) : from === to) return { refused: 'transfer.to.same' };
  if (taken(seats, to, n)) return { refused: 'approver.there' };
  if (from === undefined) return put(seats, n, ({ pool: _pool, owner: _owner, ...s }) => ({ ...s, people: [to] }));
  if (!has(seat, from)) return { refused: 'reassign.from' };
  return put(seats, n, (s) => ({
    ...s,
    people: swap(s.people),
    ...(s.owner === from && { owner: to }),
    ...(s.pool && { pool: swap(s.pool) }),
  }));
}

/** Whether a seat is somebody's: to act on, to get back, or to take again. */
export const has = (seat: Seat, person: string): boolean =>
  seat.people.includes(person) || seat.owner === person || (seat.pool?.includes(person) ?? false);

/** 签收: one of several candidates takes the seat alone. */
export function claim(seats: readonly Seat[], seat: Seat, event: ActEvent): Decision {
  if (seat.people.length < 2) return { refused: 'claim.alone' };
  return put(seats, seat.n, (s) => ({ ...s, pool: s.people, people: [event.onBehalfOf ?? event.actor] }));
}

/** Gives a claimed seat back to all its candidates. */
export function unclaim(seats: readonly Seat[], seat: Seat): Decision {
  const { pool } = seat;
  if (!pool) return { refused: 'claim.alone' };
  return put(seats, seat.n, ({ pool: _pool, ...s }) => ({ ...s, people: pool }));
}

/** Whether a person has a seat of this block already, done or not. */
export function taken(seats: readonly Seat[], person: string, except?: number): boolean {
  return seats.some(
    (seat) =>
      seat.n !== except &&
      seat.state !== 'removed' &&
      (seat.people.includes(person) || seat.by === person || seat.owner === person),
  );
}
