import { describe, expect, test } from 'vitest';
import {
  type Mapping,
  mappingErrors,
  migrateCase,
  missedMeetings,
  trackIn,
} from '../../../workflows/machine/migrate.ts';
import { stepCase } from '../../../workflows/machine/step.ts';
import type { Block } from '../../../workflows/template/block.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { approval, branch, parallel, repeat, task, template, wait } from '../../support/blocks.ts';
import { directory } from '../../support/play.ts';
import { walk } from '../../support/steps.ts';

const plan = (...blocks: Block[]): CycleTemplate => template({ plan: blocks });

/** A case that has just started, under another version. */
function moved(one: ReturnType<typeof walk>, next: CycleTemplate, mapping: Mapping = {}) {
  const from = one.definition;
  const track = trackIn(from.template, next, mapping, from.track);
  if (!track) throw new Error('no track');
  const definition = { template: { ...next, version: 2 }, track };
  const result = migrateCase(from, definition, mapping, one.snapshot);
  return 'unsafe' in result
    ? { definition, live: [], unsafe: result.unsafe.map(({ reason, block }) => `${reason} ${block}`), snapshot: null }
    : { definition, live: Object.keys(result.snapshot.context.live), unsafe: [], snapshot: result.snapshot };
}

describe('a live block', () => {
  test('goes by its key, wherever else it stands in the sequence, and goes on from there', () => {
    const one = walk(plan(task('a'), task('b'))).act('a', 'submit');
    const next = template({ plan: [task('a')], execute: [task('fresh'), task('b'), task('c')] });
    const { definition, snapshot, live } = moved(one, next);
    expect(live).toEqual(['b']);
    if (!snapshot) throw new Error('unsafe');
    const seat = snapshot.context.live.b?.seats?.[0];
    const event = { type: 'act', seat: seat?.n ?? 0, action: 'submit', actor: seat?.people[0] ?? '' } as const;
    expect(Object.keys(stepCase(definition, snapshot, event, directory).snapshot.context.live)).toEqual(['c']);
  });
  test('that has no counterpart, or one of another kind, stays unless it is mapped', () => {
    const one = walk(plan(task('a'), task('b')));
    expect(moved(one, plan(task('x'), task('b'))).unsafe).toEqual(['gone a']);
    expect(moved(one, plan(task('x'), task('b')), { a: 'x' }).live).toEqual(['x']);
    expect(moved(one, plan(approval('a'), task('b'))).unsafe).toEqual(['type a']);
    expect(moved(one, plan(task('a', { per: 'cycle' }), task('b'))).unsafe).toEqual(['type a']);
  });
  test('that another block was given the key of is no longer mapped by it', () => {
    const one = walk(plan(task('a'), task('b'))).act('a', 'submit');
    expect(moved(one, plan(task('b')), { a: 'b' }).unsafe).toEqual(['gone b']);
  });
  test('that moved into or out of a parallel, a branch or a repeat stays', () => {
    const one = walk(plan(task('a')));
    expect(moved(one, plan(parallel('p', [task('a')], [task('z')]))).unsafe).toEqual(['frame a']);
    expect(moved(one, plan(task('s'), branch('q', 'x > 1', [task('a')]))).unsafe).toEqual(['frame a']);
    expect(moved(one, plan(repeat('r', 'quarters', 'oneByOne', [task('a')]))).unsafe).toEqual(['frame a']);
    const inside = walk(plan(parallel('p', [task('a')], [task('z')])));
    expect(moved(inside, plan(task('a'), task('z'))).unsafe).toEqual(['frame a', 'frame z']);
    expect(moved(inside, plan(parallel('p', [task('z')], [task('a')]))).unsafe).toEqual(['frame a', 'frame z']);
    expect(moved(inside, plan(parallel('p', [task('a')], [task('z')], [task('y')]))).unsafe).toEqual([
      'frame a',
      'frame z',
    ]);
    expect(moved(inside, plan(parallel('p', [task('f'), task('a')], [task('z'), task('g')]))).live).toEqual(['a', 'z']);
  });
  test('whose ended branch stays ended', () => {
    const one = walk(plan(parallel('p', [task('a')], [task('z')]), task('end'))).act('a', 'submit');
    const { definition, snapshot } = moved(
      one,
      plan(parallel('p', [task('a')], [task('z')]), task('more'), task('end')),
    );
    if (!snapshot) throw new Error('unsafe');
    const seat = snapshot.context.live.z?.seats?.[0];
    const event = { type: 'act', seat: seat?.n ?? 0, action: 'submit', actor: seat?.people[0] ?? '' } as const;
    expect(Object.keys(stepCase(definition, snapshot, event, directory).snapshot.context.live)).toEqual(['more']);
  });
  test('keeps its seats where they fit the new mode', () => {
    const asked = walk(plan(approval('a', { mode: 'all' })));
    expect(moved(asked, plan(approval('a', { mode: 'all', returnTo: undefined }))).live).toEqual(['a']);
    expect(moved(asked, plan(approval('a', { mode: 'sequential' }))).unsafe).toEqual(['seats a']);
    const alone = walk(plan(approval('a', { who: [{ kind: 'head' }] })));
    expect(moved(alone, plan(approval('a', { who: [{ kind: 'head' }], mode: 'all' }))).live).toEqual(['a']);
  });
  test('of an item goes with its repeat, as long as that still starts cases', () => {
    const item = walk(plan(repeat('r', 'quarters', 'together', [task('a')])), { track: { kind: 'item', block: 'r' } });
    const named = plan(repeat('s', 'quarters', 'together', [task('a')]));
    expect(moved(item, named, { r: 's' })).toMatchObject({ live: ['a'], definition: { track: { block: 's' } } });
    expect(trackIn(item.definition.template, named, {}, { kind: 'item', block: 'r' })).toBeNull();
    const turned = plan(repeat('r', 'quarters', 'oneByOne', [task('a')]));
    expect(trackIn(item.definition.template, turned, {}, { kind: 'item', block: 'r' })).toBeNull();
  });
});

describe('a meeting', () => {
  const meet = (key: string) => task(key, { per: 'cycle' });
  const old = plan(task('a'), meet('m'), task('b'));
  test('is waited for under the new name of its run', () => {
    const waiting = walk(old).act('a', 'submit');
    expect(moved(waiting, plan(task('a'), meet('first'), meet('m'), task('b'))).live).toEqual(['first']);
    const cycle = walk(old, { track: { kind: 'cycle' } });
    expect(moved(cycle, plan(task('a'), meet('first'), meet('m'), task('b'))).live).toEqual(['first~gather']);
    expect(moved(cycle, plan(task('a'), task('b'))).unsafe).toEqual(['gone m']);
  });
  test('that one has behind and the other ahead is missed', () => {
    const cycle = walk(old, { track: { kind: 'cycle' } });
    const at = (one: ReturnType<typeof walk>, next: CycleTemplate) => moved(one, next).snapshot?.context;
    const reasons = (one: ReturnType<typeof walk>, next: CycleTemplate, passed: string[] = []) => {
      const [own, its] = [at(one, next), at(cycle, next)];
      if (!own || !its) throw new Error('unsafe');
      return missedMeetings(next, own, its, new Set(passed)).map(({ block }) => block);
    };
    expect(reasons(walk(old), old)).toEqual([]);
    // The participant's step now comes after a meeting that the cycle still waits to open.
    expect(reasons(walk(old), plan(meet('m'), task('a'), task('b')))).toEqual(['m']);
    // A new meeting that the cycle has gone past already.
    const early = plan(task('a'), meet('new'), task('x'), meet('m'), task('b'));
    expect(reasons(walk(old), early)).toEqual(['new']);
    expect(reasons(walk(old), early, ['new'])).toEqual([]);
    expect(missedMeetings(old, walk(old).context, undefined, new Set())).toHaveLength(1);
  });
});

test('a mapping names what is there, and each block once', () => {
  const [from, to] = [plan(task('a'), task('b')), plan(task('x'), wait('w'))];
  const wrong = (mapping: Mapping) => mappingErrors(from, to, mapping).map(({ key, text }) => `${key}: ${text.en}`);
  expect(wrong({ a: 'x' })).toEqual([]);
  expect(wrong({ q: 'x' })).toEqual(['q: the old version has no "q"']);
  expect(wrong({ a: 'q' })).toEqual(['a: the new version has no "q"']);
  expect(wrong({ a: 'x', b: 'x' })).toEqual(['b: several blocks are mapped to "x"']);
});
