import { type AnyStateMachine, createActor, SimulatedClock } from 'xstate';

/** What can be seen of a chart from outside. */
export interface Seen {
  status: string;
  value: unknown;
  context: unknown;
  output: unknown;
}

export const seen = ({ status, value, context, output }: Seen): Seen => ({ status, value, context, output });

/**
 * XState's own actor in memory, in simulated time: the reference that the runner and the engine must agree with.
 *
 * XState's clock leaves events that are due at once for its next move, so every move ends with moving by nothing until none is due.
 */
export function makeReference(machine: AnyStateMachine) {
  const clock = new SimulatedClock();
  const pending = new Map<number, number>();
  let fired = 0;
  let known: unknown = null;
  const actor = createActor(machine, {
    clock: {
      setTimeout: (fn: () => void, ms: number) => {
        const id = clock.setTimeout(() => {
          pending.delete(id);
          fired += 1;
          fn();
        }, ms);
        pending.set(id, clock.now() + ms);
        return id;
      },
      clearTimeout: (id: number) => {
        pending.delete(id);
        clock.clearTimeout(id);
      },
    },
  });
  actor.subscribe({ error: () => {} });
  const settle = () => {
    while ([...pending.values()].some((due) => due <= clock.now())) clock.increment(0);
  };
  return {
    start: () => {
      actor.start();
      settle();
    },
    send: (event: { type: string }) => {
      actor.send(event);
      settle();
    },
    pass: (ms: number) => {
      clock.increment(ms);
      settle();
    },
    seen: () => seen(actor.getSnapshot() as unknown as Seen),
    done: () => actor.getSnapshot().status !== 'active',
    /** When the delayed events that wait are due, in order. */
    due: () => [...pending.values()].sort((a, b) => a - b),
    fired: () => fired,
    /** Whether its snapshot is another than when this was asked last. */
    moved: () => {
      const now: unknown = actor.getSnapshot();
      const moved = now !== known;
      known = now;
      return moved;
    },
  };
}
