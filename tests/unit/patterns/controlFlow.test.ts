import { expect, test } from 'vitest';
import type { CaseEvent } from '../../../workflows/machine/context.ts';
import { refusalOf } from '../../../workflows/machine/step.ts';
import {
  approval,
  branch,
  decimal,
  formula,
  gate,
  parallel,
  repeat,
  task,
  template,
  wait,
} from '../../support/blocks.ts';
import { walk } from '../../support/steps.ts';

// One test for each control-flow pattern that docs/patterns.md says is supported, under its name there.

const refused = (one: ReturnType<typeof walk>, event: CaseEvent) =>
  refusalOf(one.definition, one.snapshot, event)?.id ?? null;
const child = (index: number): CaseEvent => ({
  type: 'child',
  block: 'each',
  round: 1,
  index,
  data: { item: `${index}` },
});
const person = (id: string) => ({ who: [{ kind: 'person' as const, person: id }] });

test('WCP-01 Sequence', () => {
  const one = walk(template({ plan: [task('a'), task('b')], execute: [task('c')] }));
  expect(one.live).toEqual(['a']);
  expect(one.act('a', 'submit').live).toEqual(['b']);
  expect(one.act('b', 'submit').live).toEqual(['c']);
  expect(one.act('c', 'submit').done).toBe('completed');
});

test('WCP-02 Parallel Split', () => {
  const one = walk(template({ plan: [task('a'), parallel('split', [task('l')], [task('m')], [task('r')])] }));
  expect(one.act('a', 'submit').live.sort()).toEqual(['l', 'm', 'r']);
});

test('WCP-03 Synchronization', () => {
  const one = walk(template({ plan: [parallel('both', [task('l')], [task('r1'), task('r2')]), task('after')] }));
  expect(one.act('l', 'submit').live).toEqual(['r1']);
  expect(one.act('r1', 'submit').live).toEqual(['r2']);
  expect(one.act('r2', 'submit').live).toEqual(['after']);
});

test.each([
  ['7', 'high'],
  ['3', 'low'],
])('WCP-04 Exclusive Choice', (score, path) => {
  const choice = branch('way', 'score > 5', [task('high')], [task('low')]);
  const one = walk(template({ plan: [task('a', { fields: [decimal('score')] }), choice] }));
  expect(one.act('a', 'submit', { values: { score } }).live).toEqual([path]);
});

test.each([
  ['7', 'high'],
  ['3', 'low'],
])('WCP-05 Simple Merge', (score, path) => {
  const choice = branch('way', 'score > 5', [task('high')], [task('low')]);
  const one = walk(template({ plan: [task('a', { fields: [decimal('score')] }), choice, task('merged')] }));
  expect(one.act('a', 'submit', { values: { score } }).act(path, 'submit').live).toEqual(['merged']);
  expect(one.context.rounds.merged).toBe(1);
});

const several = template({
  plan: [
    task('a', { fields: [decimal('score')] }),
    parallel(
      'each',
      [branch('one', 'score > 1', [task('x')])],
      [branch('two', 'score > 5', [task('y')])],
      [branch('three', 'score > 9', [task('z')])],
    ),
    task('merged'),
  ],
});

test.each([
  ['0', ['merged']],
  ['3', ['x']],
  ['7', ['x', 'y']],
  ['10', ['x', 'y', 'z']],
])('WCP-06 Multi-Choice', (score, live) => {
  expect(walk(several).act('a', 'submit', { values: { score } }).live.sort()).toEqual(live);
});

test('WCP-07 Structured Synchronizing Merge', () => {
  const one = walk(several).act('a', 'submit', { values: { score: '7' } });
  expect(one.act('y', 'submit').live).toEqual(['x']);
  expect(one.act('x', 'submit').live).toEqual(['merged']);
});

test('WCP-10 Arbitrary Cycles', () => {
  const free = { returnTo: 'b', returnChoice: 'earlier' as const, onReject: undefined };
  const content = template({
    plan: [
      task('a', { fields: [decimal('score')] }),
      task('b'),
      approval('ok', free),
      approval('last', free),
      gate('good', 'score > 5', 'a'),
    ],
  });
  const one = walk(content)
    .act('a', 'submit', { values: { score: '3' } })
    .act('b', 'submit')
    .act('ok', 'return');
  expect(one.live).toEqual(['b']);
  one.act('b', 'submit').act('ok', 'approve').act('last', 'return', { block: 'a' });
  expect(one.live).toEqual(['a']);
  one
    .act('a', 'submit', { values: { score: '4' } })
    .act('b', 'submit')
    .act('ok', 'approve')
    .act('last', 'approve');
  expect(one.live).toEqual(['a']);
  one
    .act('a', 'submit', { values: { score: '6' } })
    .act('b', 'submit')
    .act('ok', 'approve')
    .act('last', 'approve');
  expect(one.done).toBe('completed');
});

test('WCP-11 Implicit Termination', () => {
  const one = walk(template({ plan: [parallel('both', [task('l')], [task('r')])] }));
  expect(one.act('l', 'submit').done).toBeUndefined();
  expect(one.act('r', 'submit').done).toBe('completed');
});

const items = (over: 'quarters' | { rows: string }) => repeat('each', over, 'together', [task('report')]);

test('WCP-13 Multiple Instances with a Priori Design-Time Knowledge', () => {
  const one = walk(template({ plan: [items('quarters'), task('after')] }));
  expect(one.effects).toContain('children each');
  for (const index of [2, 0, 3]) one.send(child(index));
  expect(one.live).toEqual(['each']);
  expect(one.send(child(1)).live).toEqual(['after']);
});

test.each([1, 2, 5])('WCP-14 Multiple Instances with a Priori Run-Time Knowledge', (n) => {
  const columns = [{ key: 'name', type: 'text' as const, name: { zh: 'x', en: 'x' } }];
  const table = { key: 'rows', type: 'table' as const, name: { zh: 'x', en: 'x' }, columns };
  const one = walk(template({ plan: [task('a', { fields: [table] }), items({ rows: 'rows' }), task('after')] }));
  one.act('a', 'submit', { values: { rows: Array.from({ length: n }, (_, i) => ({ name: `n${i}` })) } });
  for (let i = 0; i < n; i += 1) {
    expect(one.live).toEqual(['each']);
    one.send(child(i));
  }
  expect(one.live).toEqual(['after']);
});

test('WCP-16 Deferred Choice', () => {
  const content = template({ plan: [task('a'), approval('ok', { returnTo: 'a' }), task('b')] });
  const at = () => walk(content).act('a', 'submit');
  // What is chosen is not known before somebody, or the clock, does one of them; the others are gone then.
  expect(at().act('ok', 'approve').live).toEqual(['b']);
  expect(at().act('ok', 'return').live).toEqual(['a']);
  expect(at().act('ok', 'reject').done).toBe('rejected');
  const one = at();
  const seat = one.context.live.ok?.seats?.[0];
  const event: CaseEvent = { type: 'act', seat: seat?.n ?? 0, action: 'approve', actor: seat?.people[0] ?? '' };
  expect(one.timer('ok', 'return').live).toEqual(['a']);
  expect(refused(one, event)).toBe('task.closed');
});

test('WCP-19 Cancel Task', () => {
  const content = template({
    plan: [task('a'), parallel('both', [approval('ok', { returnTo: 'a', onReject: undefined })], [task('beside')])],
  });
  const one = walk(content).act('a', 'submit');
  const seat = one.context.live.beside?.seats?.[0];
  expect(one.act('ok', 'return').live).toEqual(['a']);
  const late: CaseEvent = { type: 'act', seat: seat?.n ?? 0, action: 'submit', actor: seat?.people[0] ?? '' };
  expect(refused(one, late)).toBe('task.closed');
});

test('WCP-20 Cancel Case', () => {
  const one = walk(template({ plan: [parallel('both', [task('l')], [task('r')])] }));
  expect(one.send({ type: 'cancel', actor: 'admin', reason: 'r' }).done).toBe('cancelled');
  expect(one.live).toEqual([]);
});

test('WCP-21 Structured Loop', () => {
  const one = walk(template({ plan: [repeat('each', 'quarters', 'oneByOne', [task('report')]), task('after')] }));
  for (const quarter of ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']) {
    expect(one.context.live.report?.item?.key).toBe(quarter);
    one.act('report', 'submit');
  }
  expect(one.live).toEqual(['after']);
});

test('WCP-23 Transient Trigger', () => {
  const content = template({ plan: [task('a'), wait('told', { until: undefined, message: 'go' }), task('b')] });
  const one = walk(content);
  const go: CaseEvent = { type: 'message', message: 'go' };
  expect(refused(one, go)).toBe('event.refused');
  // What came too early is not kept.
  expect(one.act('a', 'submit').live).toEqual(['told']);
  expect(refused(one, { type: 'message', message: 'other' })).toBe('event.refused');
  expect(one.send(go).live).toEqual(['b']);
});

test('WCP-25 Cancel Region', () => {
  const inner = parallel('inner', [task('x')], [task('y')]);
  const content = template({
    plan: [
      task('a'),
      parallel(
        'outer',
        [inner],
        [repeat('each', 'quarters', 'oneByOne', [task('q')])],
        [approval('ok', { returnTo: 'a', onReject: undefined })],
      ),
      task('b'),
    ],
  });
  const one = walk(content).act('a', 'submit').act('x', 'submit').act('q', 'submit');
  expect(one.live.sort()).toEqual(['ok', 'q', 'y']);
  expect(one.act('ok', 'return').live).toEqual(['a']);
  expect(one.act('a', 'submit').live.sort()).toEqual(['ok', 'q', 'x', 'y']);
  expect(one.context.live.q?.item?.key).toBe('2026-Q1');
});

const jump = (block: string): CaseEvent => ({ type: 'jump', block, actor: 'admin', reason: 'r' });

test('WCP-26 Cancel Multiple Instance Task', () => {
  const one = walk(template({ plan: [task('a'), items('quarters'), task('after')] })).act('a', 'submit');
  one.send(child(0));
  expect(one.send(jump('a')).effects).toContain('dropChildren each');
  expect(one.live).toEqual(['a']);
  // What an item of the cancelled round still says is not heard by the next one.
  one.act('a', 'submit');
  expect(refused(one, child(1))).toBe('event.refused');
  expect(one.context.live.each?.left).toBe(4);
});

test('WCP-27 Complete Multiple Instance Task', () => {
  const one = walk(template({ plan: [items('quarters'), task('after')] }));
  one.send(child(0)).send(child(1));
  expect(one.send(jump('after')).effects).toContain('dropChildren each');
  expect(one.live).toEqual(['after']);
  expect(one.act('after', 'submit').done).toBe('completed');
});

test('WCP-35 Cancelling Partial Join for Multiple Instances', () => {
  const who = ['v1', 'v2', 'v3', 'v4', 'v5'].map((id) => person(id).who[0] as { kind: 'person'; person: string });
  const vote = { quorum: '0', pass: '0.6' };
  const one = walk(template({ plan: [approval('ok', { who, mode: 'vote', vote }), task('after')] }));
  const last = one.context.live.ok?.seats?.[4]?.n ?? 0;
  one.act('ok', 'approve').act('ok', 'approve');
  expect(one.live).toEqual(['ok']);
  // Three of five are enough; the two that are left are taken away.
  expect(one.act('ok', 'approve').live).toEqual(['after']);
  expect(refused(one, { type: 'act', seat: last, action: 'approve', actor: 'v5' })).toBe('task.closed');
});

test('WCP-43 Explicit Termination', () => {
  const content = template({
    plan: [parallel('both', [approval('ok')], [task('beside'), task('more')]), formula('sum', 'total', '1')],
  });
  const one = walk(content).act('ok', 'reject');
  expect(one.done).toBe('rejected');
  expect(one.live).toEqual([]);
  expect(one.context.data.total).toBeUndefined();
});
