import type { Seat } from '../machine/context.ts';
import type { HumanBlock } from '../template/block.ts';

/**
 * The seats of a human block, from the people that each entry of `who` stands for.
 *
 * A task and an `any` approval have one seat that everyone may take; `all` and `vote` a seat for each person, once;
 * `sequential` the same, each after the one before. Nobody found: one open seat that nobody holds, so that the gap shows and
 * can be filled.
 */
export function seatsFor(block: HumanBlock, people: readonly (readonly string[])[], firstSeat: number): Seat[] {
  const distinct = [...new Set(people.flat())];
  const mode = block.type === 'task' ? 'any' : (block.mode ?? 'any');
  if (mode === 'any' || distinct.length === 0) return [{ n: firstSeat, people: distinct, state: 'open' }];
  return distinct.map((person, i): Seat => {
    const n = firstSeat + i;
    const seat = { n, people: [person] };
    if (mode === 'sequential' && i > 0) return { ...seat, state: 'waiting', needs: [n - 1] };
    return { ...seat, state: 'open', ...(mode === 'vote' && voteOf(block, people, person)) };
  });
}

/** A person's weight and veto come from the first entry of `who` that stands for them. */
function voteOf(
  block: HumanBlock,
  people: readonly (readonly string[])[],
  person: string,
): Pick<Seat, 'weight' | 'veto'> {
  const vote = block.type === 'approval' ? block.vote : undefined;
  const entry = people.findIndex((list) => list.includes(person));
  const weight = vote?.weights?.[entry];
  return { ...(weight !== undefined && { weight }), ...(vote?.veto?.includes(entry) && { veto: true }) };
}
