import type { AnyStateMachine } from 'xstate';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { makeRunner, type Stepped } from '../../workflows/machine/run.ts';
import { type Seen, seen } from './statechartActor.ts';

/** The pure runner with nothing in memory between steps: a snapshot as JSON text, and timers as a list. */
export function makeRestored(machine: AnyStateMachine, onEffect: (params: JsonObject) => void = () => {}) {
  const runner = makeRunner(machine);
  let now = 0;
  let stored = '';
  let timers: { id: string; due: number; event: { type: string } }[] = [];
  let steps = 0;
  const keep = ({ snapshot, effects }: Stepped) => {
    stored = JSON.stringify(runner.persist(snapshot));
    steps += 1;
    for (const { type, params } of effects) {
      if (type === 'delay.set') {
        const { id, delay, event } = params as { id: string; delay: number; event: { type: string } };
        if (id !== '' && timers.some((timer) => timer.id === id)) throw new Error(`"${id}" is set twice`);
        timers.push({ id, due: now + delay, event });
      } else if (type === 'delay.cancel') timers = timers.filter((timer) => timer.id !== params.id);
      else onEffect(params);
    }
  };
  const load = () => runner.restore(JSON.parse(stored) as Json);
  const send = (event: { type: string }) => {
    const snapshot = load();
    if (snapshot.status === 'active' && runner.can(snapshot, event)) keep(runner.step(snapshot, event));
  };
  const settle = () => {
    for (;;) {
      const first = timers
        .filter(({ due }) => due <= now)
        .reduce<(typeof timers)[number] | null>((a, b) => (a && a.due <= b.due ? a : b), null);
      if (!first) return;
      timers = timers.filter((timer) => timer !== first);
      send(first.event);
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
