import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { CaseEvent } from '../../workflows/machine/context.ts';
import { type Definition, runnerOf } from '../../workflows/machine/definition.ts';
import { type Mapping, mappingErrors, migrateCase, trackIn } from '../../workflows/machine/migrate.ts';
import type { Snapshot } from '../../workflows/machine/run.ts';
import { stepCase } from '../../workflows/machine/step.ts';
import { blocksOf, type CycleTemplate, pathsOf } from '../../workflows/template/schema.ts';
import { directory, makePlay, type PlayCase } from '../support/play.ts';
import { anyTemplate } from '../support/templates.ts';

const RUNS = Number(process.env.RUNS ?? 100);

const numbers = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >> 8;
  };
};

/** The same template with every block, branch and path under another key. */
function renamedTemplate(template: CycleTemplate): { next: CycleTemplate; mapping: Mapping } {
  const keys = [...blocksOf(template)].flatMap(({ block }) => [
    block.key,
    ...(block.type === 'repeat' ? [] : pathsOf(block).map(({ key }) => key)),
  ]);
  const mapping = Object.fromEntries(keys.map((key) => [key, `new${key}`]));
  return {
    next: { ...(renamed(template as unknown as Json, mapping) as unknown as CycleTemplate), version: 2 },
    mapping,
  };
}

function renamed(value: Json, mapping: Mapping): Json {
  if (typeof value === 'string') {
    const bare = value.replace(/~gather$/, '');
    return mapping[bare] === undefined ? value : value.replace(bare, mapping[bare]);
  }
  if (Array.isArray(value)) return value.map((one) => renamed(one, mapping));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner as Json, mapping)]));
}

const plain = (definition: Definition, snapshot: Snapshot): Json => {
  const { order: _, ...rest } = runnerOf(definition).persist(snapshot as never) as JsonObject;
  return rest;
};

test(
  'moved and then stepped, or stepped and then moved: a case under other names comes to the same',
  () => {
    const seen = { steps: 0, ended: 0, cases: new Set<string>() };
    fc.assert(
      fc.property(anyTemplate(), fc.nat(), fc.nat(40), (template, seed, trouble) => {
        const number = numbers(seed);
        const play = makePlay(template, 2, number);
        const { next, mapping } = renamedTemplate(template);
        expect(mappingErrors(template, next, mapping)).toEqual([]);
        const move = (one: PlayCase, snapshot: PlayCase['snapshot']) => {
          const track = trackIn(template, next, mapping, one.definition.track);
          if (!track) throw new Error('the repeat is there');
          const definition: Definition = { template: next, track };
          const moved = migrateCase(one.definition, definition, mapping, snapshot);
          if ('unsafe' in moved) throw new Error(JSON.stringify(moved.unsafe));
          return { definition, snapshot: moved.snapshot };
        };
        for (let i = 0; i < trouble; i += 1) {
          const moves = play.moves();
          const chosen = moves[number() % Math.max(moves.length, 1)];
          if (!chosen) break;
          const one = play.cases.get(chosen.caseId) as PlayCase;
          const { definition, snapshot } = move(one, one.snapshot);
          const event = renamed(chosen.event as unknown as Json, mapping) as unknown as CaseEvent;
          let after: PlayCase['snapshot'];
          try {
            after = stepCase(one.definition, one.snapshot, chosen.event, directory).snapshot;
          } catch {
            play.make(chosen, number() % 2 === 0); // a value was missing: the play fills forms in
            continue;
          }
          const other = stepCase(definition, snapshot, event, directory).snapshot;
          expect(other.status).toBe(after.status);
          if (after.status === 'active')
            expect(plain(definition, other)).toEqual(plain(definition, move(one, after).snapshot));
          else seen.ended += 1;
          seen.steps += 1;
          seen.cases.add(one.definition.track.kind);
          play.make(chosen, number() % 2 === 0);
        }
      }),
      { numRuns: RUNS },
    );
    expect(seen.steps).toBeGreaterThan(500);
    expect(seen.ended).toBeGreaterThan(5);
    expect([...seen.cases].sort()).toEqual(['cycle', 'item', 'participant']);
  },
  60_000 + RUNS * 1000,
);
