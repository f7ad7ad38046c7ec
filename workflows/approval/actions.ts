import type { LiveBlock, Seat } from '../machine/context.ts';
import type { Action } from '../template/action.ts';
import type { HumanBlock } from '../template/block.ts';

/** The actions that the template allows on a block, in the order in which a page offers them. */
export function actionsOf(block: HumanBlock): Action[] {
  const extra = new Set<Action>((block.allow ?? []).filter((action) => action !== 'withdraw'));
  if (extra.has('claim')) extra.add('unclaim');
  const base: Action[] = block.type === 'task' ? ['submit'] : ['approve'];
  if (block.type === 'approval') {
    if (block.returnTo !== undefined) base.push('return');
    if (block.onReject !== undefined || block.mode === 'vote') base.push('reject');
  }
  return [...base, 'transfer', ...extra];
}

/** Actions that need a reason. */
export const needsReason = (action: Action): boolean =>
  action === 'return' || action === 'reject' || action === 'remove';

/** Actions that name another person. */
export const needsPerson = (action: Action): boolean =>
  ['transfer', 'delegate', 'addBefore', 'addAfter', 'addParallel'].includes(action);

/** An action that is possible with a seat as it stands, and what it asks for. */
export interface Offer {
  action: Action;
  reasonRequired: boolean;
  personRequired: boolean;
  /** Who cannot be named, because they have a seat already. */
  except: string[];
  /** Seats that can be taken away. */
  seats: number[];
}

/** What a person may do with an open seat of theirs: what the block allows, without what would be refused whatever is said. */
export function offersOf(block: HumanBlock, live: LiveBlock, seat: Seat, person: string): Offer[] {
  const seats = live.seats ?? [];
  const removable = seats.filter((other) => mayRemove(other, seat, person)).map(({ n }) => n);
  return actionsOf(block).flatMap((action): Offer[] => {
    if (action === 'retrieve') return [];
    if (action === 'claim' && seat.people.length < 2) return [];
    if (action === 'unclaim' && !seat.pool) return [];
    if (action === 'remove' && removable.length === 0) return [];
    const personRequired = needsPerson(action);
    return [
      {
        action,
        reasonRequired: needsReason(action),
        personRequired,
        except: personRequired ? seated(seats, action === 'transfer' ? seat : undefined) : [],
        seats: action === 'remove' ? removable : [],
      },
    ];
  });
}

/** Whether an approver may be taken back: added by this person, not decided, and not the seat from which it is asked. */
export const mayRemove = (gone: Seat, seat: Seat, person: string): boolean =>
  gone.addedBy === person && gone.n !== seat.n && (gone.state === 'open' || gone.state === 'waiting');

/** Everybody at the table. Of several candidates for a seat, one may be handed it. */
function seated(seats: readonly Seat[], handed: Seat | undefined): string[] {
  const there = seats.flatMap((seat) => {
    if (seat.state === 'removed') return [];
    if (seat.n === handed?.n) return seat.people.length === 1 ? seat.people : [];
    return [...seat.people, seat.by, seat.owner];
  });
  return [...new Set(there.filter((person) => person !== undefined))];
}
