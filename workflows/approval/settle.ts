import type { Outcome, Seat } from '../machine/context.ts';
import type { HumanBlock } from '../template/block.ts';
import { countVotes } from './vote.ts';

/** Opens the seats whose turn has come, and says whether the block is decided. */
export function settle(block: HumanBlock, given: readonly Seat[]): { seats: Seat[]; outcome?: Outcome } {
  const seats = given.map((seat) =>
    seat.state === 'waiting' && mayOpen(seat, given) ? { ...seat, state: 'open' as const } : seat,
  );
  const outcome = outcomeOf(block, seats);
  return outcome ? { seats, outcome } : { seats };
}

const mayOpen = (seat: Seat, seats: readonly Seat[]): boolean =>
  (seat.needs ?? []).every((n) => {
    const needed = seats.find((s) => s.n === n);
    return !needed || needed.state === 'done' || needed.state === 'removed';
  });

function outcomeOf(block: HumanBlock, seats: readonly Seat[]): Outcome | null {
  const counted = seats.filter((seat) => seat.state !== 'removed');
  if (block.type === 'approval' && block.mode === 'vote') return countVotes(block, counted);
  if (counted.some((seat) => seat.action === 'reject')) return 'rejected';
  return counted.every((seat) => seat.state === 'done') ? 'done' : null;
}
