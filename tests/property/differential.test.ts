import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, createMachine } from 'xstate';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { makeRunner } from '../../workflows/machine/run.ts';
import { makeReference } from '../support/statechartActor.ts';
import { chartRun } from '../support/statechartArbitrary.ts';
import { machineOf } from '../support/statechartMachine.ts';
import { type Fault, makeRestored } from '../support/statechartRunner.ts';
import { type ChartRun, TICK_MS } from '../support/statecharts.ts';

/** DIFFERENTIAL_RUNS=200000 for a soak, DIFFERENTIAL_SEED to repeat one. */
const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? 3000);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? Date.now() % 2 ** 31);

describe('the runner, restored from JSON before every step', () => {
  it(
    'does what an XState actor in memory does',
    () => {
      const total = { steps: 0, fired: 0, ended: 0, effects: 0 };
      const property = fc.property(chartRun, (run) => {
        const one = compare(run);
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += one[key];
      });
      fc.assert(property, { numRuns: RUNS, seed: SEED });
      console.info(`differential: ${RUNS} statecharts, seed ${SEED}: ${JSON.stringify(total)}`);
      // The charts must have done something.
      expect(total.steps).toBeGreaterThan(RUNS * 5);
      expect(total.fired).toBeGreaterThan(RUNS * 2);
      expect(total.effects).toBeGreaterThan(RUNS);
      expect(total.ended).toBeGreaterThanOrEqual(Math.floor(RUNS / 300));
    },
    120_000 + RUNS * 40,
  );

  it.each<Fault>(['order', 'cancel', 'sequence'])(
    'is found out when it forgets: %s',
    (fault) => {
      const property = fc.property(chartRun, (run) => {
        compare(run, fault);
      });
      expect(fc.check(property, { numRuns: 3000, seed: SEED, endOnFailure: true }).failed).toBe(true);
    },
    120_000,
  );

  it('decides between conflicting transitions of parallel regions as if it had stayed in memory', () => {
    const leaf = (name: string) => ({ always: { guard: 'ready', target: '#end', actions: name } });
    const machine = createMachine(
      {
        initial: 'both',
        context: { ready: false },
        states: {
          // One leaf lies deeper than the other: that is what XState's own restoring puts in another order.
          both: {
            type: 'parallel',
            states: { first: { initial: 'deep', states: { deep: leaf('first') } }, second: leaf('second') },
            on: { go: { actions: 'mark' } },
          },
          end: { id: 'end' },
        },
      } as never,
      { guards: { ready: ({ context }: { context: { ready: boolean } }) => context.ready } } as never,
    );
    const marked = machine.provide({ actions: { mark: assign({ ready: true } as never) } } as never);
    const runner = makeRunner(marked);
    const { snapshot } = runner.start({});
    const goOn = (from: typeof snapshot) => runner.step(from, { type: 'go' }).effects.map(({ type }) => type);
    const text = JSON.stringify(runner.persist(snapshot));
    expect(goOn(snapshot)).toEqual(['first']);
    expect(goOn(runner.restore(JSON.parse(text) as Json))).toEqual(['first']);
    const { order: _, ...withoutOrder } = JSON.parse(text) as JsonObject;
    expect(goOn(runner.restore(withoutOrder))).toEqual(['second']);
  });
});

function compare({ chart, events }: ChartRun, fault: Fault | null = null) {
  const expected: string[] = [];
  const actual: string[] = [];
  const reference = makeReference(machineOf(chart, (params) => expected.push(JSON.stringify(params))));
  const restored = makeRestored(machineOf(chart), (params) => actual.push(JSON.stringify(params)), fault);
  const both = (act: (one: Pick<typeof reference, 'start' | 'send' | 'pass'>) => void) => {
    act(reference);
    act(restored);
    const [is, should] = [restored, reference].map((one) => JSON.stringify({ ...one.seen(), due: one.due() }));
    if (is !== should) expect(JSON.parse(is as string)).toEqual(JSON.parse(should as string));
    if (is !== should) expect(is).toBe(should);
    if (actual.join() !== expected.join()) expect(actual).toEqual(expected);
  };
  both((one) => one.start());
  for (const { wait, event } of events) {
    for (let tick = 0; tick < wait; tick += 1) both((one) => one.pass(TICK_MS));
    if (reference.done()) break;
    both((one) => one.send(event));
  }
  return { steps: restored.steps(), fired: reference.fired(), ended: Number(reference.done()), effects: actual.length };
}
