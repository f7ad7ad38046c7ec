import type { AnyStateMachine } from 'xstate';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { makeRunner, type Stepped } from '../../workflows/machine/run.ts';
import { type Seen, seen } from './statechartActor.ts';

/** What a broken runner would forget: the order of active states, a cancelled event, which of two events that are due came first. */
export type Fault = 'order' | 'cancel' | 'sequence';

/** The pure runner with nothing in memory between steps: a snapshot as JSON text, and timers as a list. */
export function makeRestored(
  machine: AnyStateMachine,
  onEffect: (params: JsonObject) => void = () => {},
  fault: Fault | null = null,
) {
  const runner = makeRunner(machine);
  let now = 0;
  let stored = '';
  let timers: { id: string; due: number; event: { type: string } }[] = [];
  let steps = 0;
  const keep = ({ snapshot, effects }: Stepped) => {
    const { order, ...rest } = runner.persist(snapshot) as JsonObject;
    stored = JSON.stringify({ ...rest, ...(order && fault !== 'order' && { order }) });
    steps += 1;
    for (const { type, params } of effects) {
      if (type === 'delay.set') {
        const { id, delay, event } = params as { id: string; delay: number; event: { type: string } };
        if (!fault && id !== '' && timers.some((timer) => timer.id === id)) throw new Error(`"${id}" is set twice`);
        timers.push({ id, due: now + delay, event });
      } else if (type === 'delay.cancel') {
        if (fault !== 'cancel') timers = timers.filter((timer) => timer.id !== params.id);
      } else onEffect(params);
    }
  };
  const load = () => runner.restore(JSON.parse(stored) as Json);
  const send = (event: { type: string }) => {
    const snapshot = load();
    if (snapshot.status === 'active' && runner.can(snapshot, event)) keep(runner.step(snapshot, event));
  };
  const settle = () => {
    for (;;) {
      const due = timers.filter((timer) => timer.due <= now);
      const earliest = Math.min(...due.map((timer) => timer.due));
      const together = due.filter((timer) => timer.due === earliest);
      const next = fault === 'sequence' ? together.at(-1) : together[0];
      if (!next) return;
      timers = timers.filter((timer) => timer !== next);
      send(next.event);
    }
  };
  return {
    start: () => {
      keep(runner.start({}));
      settle();
    },
    send: (event: { type: string }) => {
      send(event);
      settle();
    },
    pass: (ms: number) => {
      now += ms;
      settle();
    },
    seen: () => seen(load() as unknown as Seen),
    due: () => (load().status === 'active' ? timers.map(({ due }) => due).sort((a, b) => a - b) : []),
    steps: () => steps,
  };
}
