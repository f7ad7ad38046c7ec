import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../workflows/json.ts';
import { library } from '../../../workflows/library/index.ts';
import { type Flow, flowOf } from '../../../workflows/machine/flow.ts';
import { handedOver } from '../../../workflows/machine/handOver.ts';
import type { Track } from '../../../workflows/machine/track.ts';
import {
  approval,
  branch,
  decimal,
  gate,
  notify,
  parallel,
  repeat,
  task,
  template,
  textField,
} from '../../support/blocks.ts';
import { walk } from '../../support/steps.ts';

const office = [{ kind: 'role', role: 'performanceOffice' } as const];
const states = (flow: Flow) => Object.fromEntries(flow.nodes.map((node) => [node.key, node.state]));
const picture = (one: ReturnType<typeof walk>, others = {}) =>
  states(flowOf(one.definition.template, one.definition.track, one.context, others));

describe('where a case stands', () => {
  test('passed, current and ahead in a sequence over phases', () => {
    const one = walk(template({ plan: [task('a'), task('b')], rectify: [task('c')] })).act('a', 'submit');
    expect(picture(one)).toEqual({ a: 'passed', b: 'current', c: 'ahead' });
    one.act('b', 'submit').act('c', 'submit');
    expect(picture(one)).toEqual({ a: 'passed', b: 'passed', c: 'passed' });
  });
  test('a return puts what was done ahead again', () => {
    const one = walk(template({ plan: [task('a'), approval('b', { returnTo: 'a' }), task('c')] }))
      .act('a', 'submit')
      .act('b', 'return');
    expect(picture(one)).toEqual({ a: 'current', b: 'ahead', c: 'ahead' });
  });
  test('what a rejection cut off is skipped', () => {
    const one = walk(template({ plan: [task('a'), approval('b'), task('c')] }))
      .act('a', 'submit')
      .act('b', 'reject');
    expect(picture(one)).toEqual({ a: 'passed', b: 'passed', c: 'skipped' });
  });
  test('a parallel: each branch by itself, an ended or empty one has passed', () => {
    const one = walk(template({ plan: [parallel('p', [task('a'), task('b')], [task('c')]), task('d')] }));
    expect(picture(one)).toEqual({ p: 'current', a: 'current', b: 'ahead', c: 'current', d: 'ahead' });
    one.act('a', 'submit').act('c', 'submit');
    expect(picture(one)).toEqual({ p: 'current', a: 'passed', b: 'current', c: 'passed', d: 'ahead' });
  });
  test('a branch: the path not taken is skipped, during and after', () => {
    const t = template({
      plan: [task('s', { fields: [decimal('x')] }), branch('b', 'x > 1', [task('yes')], [task('no')]), task('d')],
    });
    const one = walk(t);
    expect(picture(one)).toMatchObject({ b: 'ahead', yes: 'ahead', no: 'ahead' });
    one.act('s', 'submit', { values: { x: '2' } });
    expect(picture(one)).toEqual({ s: 'passed', b: 'current', yes: 'current', no: 'skipped', d: 'ahead' });
    one.act('yes', 'submit');
    expect(picture(one)).toEqual({ s: 'passed', b: 'passed', yes: 'passed', no: 'skipped', d: 'current' });
  });
  test('a loop stands at its current item', () => {
    const one = walk(template({ plan: [repeat('r', 'sections', 'oneByOne', [task('a'), task('b')]), task('c')] }));
    one.act('a', 'submit').act('b', 'submit');
    expect(picture(one)).toEqual({ r: 'current', a: 'current', b: 'ahead', c: 'ahead' });
  });
  test('a loop over nothing has passed, its body was skipped', () => {
    const one = walk(template({ plan: [repeat('r', 'sections', 'oneByOne', [task('a')]), task('c')] }), {
      facts: { sections: [] },
    });
    expect(picture(one)).toEqual({ r: 'passed', a: 'skipped', c: 'current' });
  });
  test('items at the same time: as far as their own cases say', () => {
    const t = template({ plan: [repeat('r', 'sections', 'together', [task('a'), task('b')]), task('c')] });
    const one = walk(t);
    expect(picture(one)).toEqual({ r: 'current', a: 'ahead', b: 'ahead', c: 'ahead' });
    const item = () => walk(t, { track: { kind: 'item', block: 'r' }, facts: { item: { key: 's', name: 's' } } });
    const [x, y] = [item(), item().act('a', 'submit')];
    expect(picture(one, { items: { r: [x.context, y.context] } })).toMatchObject({
      r: 'current',
      a: 'current',
      b: 'current',
    });
    x.act('a', 'submit').act('b', 'submit');
    expect(picture(one, { items: { r: [x.context, y.context] } })).toMatchObject({ a: 'passed', b: 'current' });
    expect(picture(x)).toEqual({ a: 'passed', b: 'passed' });
  });
  test('blocks that nobody waits in', () => {
    const one = walk(template({ plan: [notify('n', 'x'), task('a'), notify('m', 'y')] }));
    expect(picture(one)).toEqual({ n: 'passed', a: 'current', m: 'ahead' });
  });
});

describe('meetings', () => {
  const t = template({
    plan: [
      task('goals', { per: 'cycle', who: office, fields: [textField('cityGoals')] }),
      approval('agree', { per: 'cycle', returnTo: 'goals', onReject: undefined }),
      task('a'),
    ],
  });
  const cycle = () => walk(t, { track: { kind: 'cycle' } });

  test('a participant waits at the first block', () => {
    expect(picture(walk(t))).toEqual({ goals: 'current', agree: 'ahead', a: 'ahead' });
  });
  test("with the cycle's case the picture says how far it is", () => {
    const of = cycle().send({ type: 'gathered', block: 'goals~gather' }).act('goals', 'submit');
    expect(picture(walk(t), { cycle: of.context })).toEqual({ goals: 'passed', agree: 'current', a: 'ahead' });
  });
  test("the cycle's own picture has only its blocks", () => {
    const of = cycle();
    expect(picture(of)).toEqual({ goals: 'current', agree: 'ahead' });
    of.send({ type: 'gathered', block: 'goals~gather' }).act('goals', 'submit');
    expect(picture(of)).toEqual({ goals: 'passed', agree: 'current' });
  });
  test('what the blocks of a meeting gave is handed over, and nothing else', () => {
    const handed = (meeting: string, data: JsonObject) => handedOver(t, meeting, { data, done: {} }).data;
    expect(handed('goals', { cityGoals: 'x', other: 'y' })).toEqual({ cityGoals: 'x' });
    expect(handed('goals', {})).toEqual({});
    expect(handed('agree', { cityGoals: 'x' })).toEqual({});
  });
});

describe('the picture', () => {
  test('has boxes, labelled ways in, and ways back', () => {
    const t = template({
      plan: [
        task('a', { fields: [decimal('x')] }),
        branch('b', 'x > 1', [approval('c', { returnTo: 'a' })]),
        gate('g', 'x > 2', 'a'),
      ],
      rectify: [approval('d', { onReject: 'a' })],
    });
    const flow = flowOf(t, { kind: 'participant' }, walk(t).context);
    expect(flow.nodes.find((node) => node.key === 'c')).toEqual({
      key: 'c',
      type: 'approval',
      name: { zh: 'c', en: 'c' },
      phase: 'plan',
      parent: 'b',
      state: 'ahead',
      per: 'participant',
    });
    const edge = ({ from, to, label, back }: Flow['edges'][number]) =>
      `${from} → ${to}${label ? ` (${label.en})` : ''}${back ? ' back' : ''}`;
    expect(flow.edges.map(edge)).toEqual([
      'a → b',
      'b → g',
      'g → d',
      'b → c (yes)',
      'c → a (Return) back',
      'g → a (Not met) back',
      'd → a (Reject) back',
    ]);
    expect(flow.phases.map((phase) => [phase.key, phase.name.zh])).toEqual([
      ['plan', '目标制定'],
      ['rectify', '整改提升'],
    ]);
  });
  test.each(Object.keys(library))(
    'of the shipped %s is whole: every edge has its ends, every parent is there',
    (key) => {
      const shipped = library[key];
      if (!shipped) throw new Error(key);
      const tracks: Track[] = [{ kind: 'participant' }, { kind: 'cycle' }];
      for (const track of tracks) {
        const { nodes, edges } = flowOf(shipped, track, walk(shipped, { track }).context);
        const keys = new Set(nodes.map((node) => node.key));
        expect(keys.size).toBe(nodes.length);
        for (const { from, to } of edges) expect([keys.has(from), keys.has(to)]).toEqual([true, true]);
        for (const { parent } of nodes) if (parent) expect(keys.has(parent)).toBe(true);
      }
    },
  );
});
