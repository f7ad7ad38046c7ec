import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCalendar } from '../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../workflows/calendar/china.ts';
import { type Forecast, forecastOf, type Running } from '../../workflows/machine/forecast.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import { directory, makePlay, type Play, type PlayCase } from '../support/play.ts';
import { anyTemplate } from '../support/templates.ts';

const calendar = makeCalendar(chinaCalendar());
const NOW = '2026-03-02T01:00:00.000Z';
const NO_DATES: Running['dates'] = new Map();
const SEEN = new Set(['task', 'approval', 'wait', 'window', 'gate', 'notify']);
const RUNS = Number(process.env.RUNS ?? 150);

const numbers = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >> 8;
  };
};

/** The template with gates that always hold: what a gate sends back is not the normal path. */
const withOpenGates = (template: CycleTemplate): CycleTemplate => {
  const copy = structuredClone(template);
  for (const { block } of blocksOf(copy)) if (block.type === 'gate') for (const one of block.requires) one.if = 'true';
  return copy;
};

function running(play: Play, one: PlayCase): Running {
  const { context } = one.snapshot;
  const items: Record<string, Running[]> = {};
  for (const child of play.cases.values()) {
    const { parent } = child.snapshot.context.facts;
    if (parent?.caseId === one.id && parent.round === context.rounds[parent.block])
      items[parent.block] = [...(items[parent.block] ?? []), running(play, child)];
  }
  return { context, dates: NO_DATES, items };
}

function forecast(play: Play, one: PlayCase): Forecast {
  const { template, track } = one.definition;
  const cycle = play.cases.get('cycle') as PlayCase;
  return forecastOf({
    template,
    track,
    ...running(play, one),
    now: NOW,
    calendar,
    directory,
    ...(track.kind === 'participant' && { cycle: running(play, cycle) }),
  });
}

/** How often each block has been entered by a case, its items and the cycle. */
function entered(play: Play, id: string, template: CycleTemplate): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of play.cases.values())
    if (
      one.id === id ||
      one.id.startsWith(`${id}/`) ||
      (one.id === 'cycle' && id !== 'cycle') ||
      one.id.startsWith('cycle/')
    )
      for (const [key, n] of Object.entries(one.snapshot.context.rounds)) {
        const type = blockByKey(template, key)?.type;
        const own = one.id === id || one.id.startsWith(`${id}/`);
        // A participant waits for a block of the cycle under that block's key.
        if (type && SEEN.has(type) && (own ? blockByKey(template, key)?.per !== 'cycle' || id === 'cycle' : true))
          counts.set(key, (counts.get(key) ?? 0) + n);
      }
  return counts;
}

test(
  'wherever a case stands, its forecast names every block that it passes when everyone approves, and no other for sure',
  () => {
    const seen = { steps: 0, sure: 0, chosen: 0 };
    fc.assert(
      fc.property(anyTemplate(), fc.nat(), fc.nat(25), (raw, seed, trouble) => {
        const template = withOpenGates(raw);
        const number = numbers(seed);
        const play = makePlay(template, 2, number);
        const go = (most: number, good: boolean) => {
          for (let i = 0; i < most; i += 1) {
            const all = play.moves();
            const moves = good ? all.filter((move) => move.forward) : all;
            const move = moves[number() % Math.max(moves.length, 1)];
            if (!move) return;
            play.make(move, good);
          }
        };
        go(trouble, false);
        const before = ['cycle', 'p0', 'p1'].flatMap((id) => {
          const one = play.cases.get(id) as PlayCase;
          return one.snapshot.status === 'active'
            ? [{ one, made: forecast(play, one), was: entered(play, id, template) }]
            : [];
        });
        go(4000, true);
        for (const { one, made, was } of before) {
          const now = entered(play, one.id, template);
          const fresh = [...now].filter(([key, n]) => n > (was.get(key) ?? 0)).map(([key]) => key);
          const foretold = new Set(made.steps.map(({ block }) => block));
          expect(made.complete).toBe(true);
          expect(one.snapshot.context.outcome).toBe('completed');
          expect(fresh.filter((key) => !foretold.has(key))).toEqual([]);
          const sure = made.steps.filter(
            ({ on, state, type }) => on.length === 0 && state === 'ahead' && SEEN.has(type),
          );
          expect(sure.filter(({ block }) => !fresh.includes(block)).map(({ block }) => block)).toEqual([]);
          for (const { from, until, dueAt } of made.steps) {
            expect(until >= from && from >= NOW).toBe(true);
            if (dueAt !== null) expect(until >= dueAt).toBe(true);
          }
          seen.steps += made.steps.length;
          seen.sure += sure.length;
          seen.chosen += made.steps.filter(({ on }) => on.length > 0).length;
        }
      }),
      { numRuns: RUNS },
    );
    expect(seen.steps).toBeGreaterThan(300);
    expect(seen.sure).toBeGreaterThan(200);
    expect(seen.chosen).toBeGreaterThan(10);
  },
  60_000 + RUNS * 1000,
);
