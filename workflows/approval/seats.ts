import type { Seat } from '../machine/context.ts';
import type { HumanBlock } from '../template/block.ts';

/**
 * The seats of a human block, from the people that each entry of `who` stands for.
 *
 * A task and an `any` approval have one seat that everyone may take; `all` and `vote` a seat for each person;
 * `sequential` the same, of which only the first is open. Nobody found: one open seat that nobody holds, so that the gap
 * shows and can be filled.
 */
export function seatsFor(block: HumanBlock, people: readonly (readonly string[])[], firstSeat: number): Seat[] {
  const distinct = [...new Set(people.flat())];
  const mode = block.type === 'task' ? 'any' : (block.mode ?? 'any');
  if (mode === 'any' || distinct.length === 0) return [{ n: firstSeat, people: distinct, state: 'open' }];
  return distinct.map((person, i) => ({
    n: firstSeat + i,
    people: [person],
    state: mode === 'sequential' && i > 0 ? 'waiting' : 'open',
  }));
}
