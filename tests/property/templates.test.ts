import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../workflows/json.ts';
import { machineConfig } from '../../workflows/machine/compile.ts';
import { runnerOf } from '../../workflows/machine/definition.ts';
import { flowOf } from '../../workflows/machine/flow.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { lintTemplate } from '../../workflows/template/lint/index.ts';
import { isHuman } from '../../workflows/template/model.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import { makePlay, type Play, rebuilt } from '../support/play.ts';
import { anyTemplate } from '../support/templates.ts';

const errorsOf = (template: unknown) => lintTemplate(template).filter((finding) => finding.severity === 'error');

/** Numbers that follow from a seed. */
const numbers = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >> 8;
  };
};

/** More of them by RUNS=1000. */
const RUNS = Number(process.env.RUNS ?? 150);

/** More steps than any of the small templates needs once everybody agrees. */
const PATIENCE = 4000;

test(
  'a random template lints clean, and every cycle of it comes to an end, whatever was returned and rejected before',
  () => {
    const ends = { completed: 0, rejected: 0, returns: 0 };
    fc.assert(
      fc.property(anyTemplate(), fc.nat(), fc.nat(60), (template, seed, trouble) => {
        expect(errorsOf(template)).toEqual([]);
        const number = numbers(seed);
        const play = makePlay(template, 2, number);
        let steps = 0;
        for (; steps < PATIENCE; steps += 1) {
          check(play, template);
          const all = play.moves();
          if (all.length === 0) break;
          const good = steps >= trouble;
          const moves = good ? all.filter((move) => move.forward) : all;
          expect(moves, 'somebody can bring it forward').not.toEqual([]);
          const move = moves[number() % moves.length];
          if (!move) break;
          if (!move.forward) ends.returns += 1;
          play.make(move, good);
        }
        expect(steps, 'the cycle ends').toBeLessThan(PATIENCE);
        for (const one of play.cases.values()) {
          expect(one.snapshot.status, one.id).toBe('done');
          expect(one.snapshot.context.live, one.id).toEqual({});
          expect(rebuilt(one).context, one.id).toEqual(one.snapshot.context);
          if (one.snapshot.context.outcome !== 'cancelled') ends[one.snapshot.context.outcome ?? 'rejected'] += 1;
        }
      }),
      { numRuns: RUNS },
    );
    expect(ends.completed).toBeGreaterThan(100);
    expect(ends.rejected).toBeGreaterThan(0);
    expect(ends.returns).toBeGreaterThan(100);
  },
  120_000 + RUNS * 1000,
);

const checked = new WeakSet<object>();

/** What must hold between two steps, of the cases that have moved. */
function check(play: Play, template: CycleTemplate): void {
  for (const { id, definition, snapshot } of play.cases.values()) {
    if (checked.has(snapshot)) continue;
    checked.add(snapshot);
    const { context } = snapshot;
    const seats = Object.values(context.live).flatMap((live) => live.seats ?? []);
    expect(new Set(seats.map((seat) => seat.n)).size).toBe(seats.length);
    for (const [key, live] of Object.entries(context.live)) {
      const block = blockByKey(template, key.replace(/~gather$/, ''));
      expect(block, `${id} ${key}`).toBeDefined();
      expect(live.outcome, `${id} ${key} is decided, so it is left`).toBeUndefined();
      if (block && isHuman(block) && live.seats !== undefined)
        expect(
          live.seats?.some((seat) => seat.state === 'open'),
          `${id} ${key} has an open task`,
        ).toBe(true);
    }
    const runner = runnerOf(definition);
    const stored = JSON.parse(JSON.stringify(runner.persist(snapshot))) as Json;
    expect(runner.restore(stored).context).toEqual(context);
    const { nodes } = flowOf(template, definition.track, context);
    const current = nodes.filter((node) => node.state === 'current').map((node) => node.key);
    for (const key of Object.keys(context.live)) expect(current, id).toContain(key.replace(/~gather$/, ''));
    if (snapshot.status === 'done') expect(current, id).toEqual([]);
  }
}

test('the number of states follows from the template alone', () => {
  fc.assert(
    fc.property(anyTemplate(), (template) => {
      const blocks = [...blocksOf(template)].length;
      for (const kind of ['participant', 'cycle'] as const)
        expect(countStates(machineConfig(template, { kind }))).toBeLessThan(10 * blocks + 30);
    }),
    { numRuns: 50 },
  );
});

const countStates = (state: { states?: Record<string, unknown> }): number =>
  1 +
  Object.values(state.states ?? {}).reduce(
    (sum: number, inner) => sum + countStates(inner as { states?: Record<string, unknown> }),
    0,
  );
