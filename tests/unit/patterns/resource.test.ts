import { expect, test } from 'vitest';
import type { CaseEvent } from '../../../workflows/machine/context.ts';
import { refusalOf } from '../../../workflows/machine/step.ts';
import { approval, formula, gate, notify, parallel, task, template } from '../../support/blocks.ts';
import { walk } from '../../support/steps.ts';

// One test for each resource pattern that docs/patterns.md says is supported, under its name there.

type Walk = ReturnType<typeof walk>;
const person = (...ids: string[]) => ({ who: ids.map((id) => ({ kind: 'person' as const, person: id })) });
const seatsOf = (one: Walk, block: string) => one.context.live[block]?.seats ?? [];
/** Who holds the open seats of a block. */
const held = (one: Walk, block: string) =>
  seatsOf(one, block).flatMap(({ state, people }) => (state === 'open' ? [people.join('/')] : []));
const refused = (
  one: Walk,
  block: string,
  actor: string,
  action: 'submit' | 'approve' | 'delegate' | 'claim' = 'submit',
) => {
  const event: CaseEvent = { type: 'act', seat: seatsOf(one, block)[0]?.n ?? 0, action, actor, to: 'x' };
  return refusalOf(one.definition, one.snapshot, event)?.id ?? null;
};
const field = { key: 'chosen', type: 'person' as const, name: { zh: 'x', en: 'x' } };

test('WRP-01 Direct Distribution', () => {
  const one = walk(template({ plan: [task('a', person('p1'))] }));
  expect(held(one, 'a')).toEqual(['p1']);
  expect(refused(one, 'a', 'p2')).toBe('task.notYours');
});

test('WRP-02 Role-Based Distribution', () => {
  const one = walk(template({ plan: [task('a', { who: [{ kind: 'role', role: 'performanceOffice' }] })] }));
  expect(held(one, 'a')).toEqual(['performanceOffice1/performanceOffice2/performanceOffice3']);
  expect(refused(one, 'a', 'performanceOffice2')).toBeNull();
  expect(refused(one, 'a', 'staff1')).toBe('task.notYours');
});

test('WRP-03 Deferred Distribution', () => {
  const content = template({
    plan: [task('a', { fields: [field] }), task('b', { who: [{ kind: 'field', field: 'chosen' }] })],
  });
  for (const chosen of ['p7', 'p8'])
    expect(held(walk(content).act('a', 'submit', { values: { chosen } }), 'b')).toEqual([chosen]);
});

test('WRP-04 Authorization', () => {
  const one = (allow: ('delegate' | 'claim')[]) =>
    walk(template({ plan: [task('a', { ...person('p1', 'p2'), allow })] }));
  expect(refused(one([]), 'a', 'p1', 'delegate')).toBe('action.notAllowed');
  expect(refused(one(['delegate']), 'a', 'p1', 'delegate')).toBeNull();
  expect(refused(one(['delegate']), 'a', 'p1', 'claim')).toBe('action.notAllowed');
  expect(refused(one(['claim']), 'a', 'p1', 'claim')).toBeNull();
});

test('WRP-05 Separation of Duties', () => {
  const of = (initiator: 'skip' | 'superior' | 'self') =>
    held(
      walk(
        template({
          plan: [task('a', person('p1')), approval('ok', { ...person('p1', 'p2'), mode: 'all', auto: { initiator } })],
        }),
      ).act('a', 'submit'),
      'ok',
    );
  expect(of('skip')).toEqual(['p2']);
  expect(of('superior')).toEqual(['superior', 'p2']);
  expect(of('self')).toEqual(['p1', 'p2']);
});

test('WRP-07 Retain Familiar', () => {
  const content = template({
    plan: [task('a', person('p1', 'p2')), task('b', { who: [{ kind: 'actorOf', block: 'a' }] })],
  });
  for (const actor of ['p1', 'p2']) expect(held(walk(content).act('a', 'submit', { actor }), 'b')).toEqual([actor]);
});

test('WRP-10 Organisational Distribution', () => {
  const one = walk(
    template({ plan: [task('a', { who: [{ kind: 'head' }] }), task('b', { who: [{ kind: 'superior' }] })] }),
  );
  expect(held(one, 'a')).toEqual(['head']);
  expect(held(one.act('a', 'submit'), 'b')).toEqual(['superior']);
});

test('WRP-11 Automatic Execution', () => {
  const one = walk(
    template({
      plan: [formula('sum', 'total', '1 + 2'), notify('tell', 'x'), gate('good', 'total > 2', 'end'), task('after')],
    }),
  );
  expect(one.live).toEqual(['after']);
  expect(one.context.data.total).toBe('3');
  expect(one.effects).toContain('notify tell');
});

test('WRP-13 Distribution by Offer - Multiple Resources', () => {
  const one = walk(template({ plan: [task('a', person('p1', 'p2', 'p3'))] }));
  expect(held(one, 'a')).toEqual(['p1/p2/p3']);
  for (const actor of ['p1', 'p2', 'p3']) expect(refused(one, 'a', actor)).toBeNull();
});

test('WRP-14 Distribution by Allocation - Single Resource', () => {
  const one = walk(template({ plan: [approval('ok', { ...person('p1', 'p2'), mode: 'all' })] }));
  expect(held(one, 'ok')).toEqual(['p1', 'p2']);
  expect(refused(one, 'ok', 'p2', 'approve')).toBe('task.notYours');
});

test('WRP-19 Distribution on Enablement', () => {
  const one = walk(template({ plan: [task('a', person('p1')), task('b', person('p2'))] }));
  expect(held(one, 'b')).toEqual([]);
  expect(held(one.act('a', 'submit'), 'b')).toEqual(['p2']);
});

const offered = () => walk(template({ plan: [task('a', { ...person('p1', 'p2'), allow: ['claim'] }), task('b')] }));

test('WRP-21 Resource-Initiated Allocation', () => {
  const one = offered().act('a', 'claim', { actor: 'p2' });
  expect(held(one, 'a')).toEqual(['p2']);
  expect(refused(one, 'a', 'p1')).toBe('task.notYours');
});

test('WRP-22 Resource-Initiated Execution - Allocated Work Item', () => {
  const one = offered().act('a', 'claim', { actor: 'p2' });
  expect(one.live).toEqual(['a']);
  expect(one.act('a', 'submit', { actor: 'p2' }).live).toEqual(['b']);
});

test('WRP-23 Resource-Initiated Execution - Offered Work Item', () => {
  expect(offered().act('a', 'submit', { actor: 'p2' }).live).toEqual(['b']);
});

const two = () => walk(template({ plan: [parallel('both', [task('l', person('p1'))], [task('r', person('p1'))])] }));

test('WRP-26 Selection Autonomy', () => {
  expect(two().act('l', 'submit').live).toEqual(['r']);
  expect(two().act('r', 'submit').live).toEqual(['l']);
});

test('WRP-27 Delegation', () => {
  const one = walk(template({ plan: [task('a', { ...person('p1'), allow: ['delegate'] }), task('b')] }));
  expect(held(one.act('a', 'delegate', { to: 'x' }), 'a')).toEqual(['x']);
  expect(refused(one, 'a', 'p1')).toBe('task.notYours');
  // It comes back, with what the other one said; a transfer would not.
  expect(held(one.act('a', 'submit', { reason: 'ready' }), 'a')).toEqual(['p1']);
  expect(one.act('a', 'transfer', { to: 'y' }).act('a', 'submit').live).toEqual(['b']);
});

test('WRP-28 Escalation', () => {
  const one = walk(template({ plan: [approval('ok', { ...person('p1', 'p2'), mode: 'all' }), task('b')] }));
  expect(held(one.timer('ok', 'transfer', { to: ['chief'] }), 'ok')).toEqual(['chief', 'chief']);
  expect(refused(one, 'ok', 'p1', 'approve')).toBe('task.notYours');
  expect(one.timer('ok', 'pass').live).toEqual(['b']);
});

test('WRP-29 Deallocation', () => {
  const one = offered().act('a', 'claim', { actor: 'p2' }).act('a', 'unclaim', { actor: 'p2' });
  expect(held(one, 'a')).toEqual(['p1/p2']);
  expect(refused(one, 'a', 'p1')).toBeNull();
});

test('WRP-30 Stateful Reallocation', () => {
  const one = walk(template({ plan: [task('a', { ...person('p1'), allow: ['delegate'] })] }));
  one.act('a', 'delegate', { to: 'x' }).act('a', 'submit', { reason: 'half done' }).act('a', 'transfer', { to: 'y' });
  expect(held(one, 'a')).toEqual(['y']);
  // What was said, the seat and its clock stay.
  expect(seatsOf(one, 'a')[0]).toMatchObject({ n: 1, advice: [{ by: 'x', reason: 'half done' }] });
  expect(one.context.live.a?.round).toBe(1);
});

test('WRP-31 Stateless Reallocation', () => {
  const one = walk(template({ plan: [approval('ok', { ...person('p1', 'p2'), mode: 'all' })] }));
  one.act('ok', 'approve');
  expect(held(one, 'ok')).toEqual(['p2']);
  one.send({ type: 'jump', block: 'ok', actor: 'admin', reason: 'begin again' });
  expect(held(one, 'ok')).toEqual(['p1', 'p2']);
  expect(one.context.live.ok?.round).toBe(2);
});

test('WRP-34 Redo', () => {
  const one = walk(template({ plan: [task('a', { ...person('p1'), allow: ['retrieve'] }), task('b', person('p2'))] }));
  one.act('a', 'submit').send({ type: 'retrieve', block: 'a', actor: 'p1' });
  expect(one.live).toEqual(['a']);
  expect(one.act('a', 'submit').live).toEqual(['b']);
});

test('WRP-42 Simultaneous Execution', () => {
  const one = two();
  expect([held(one, 'l'), held(one, 'r')]).toEqual([['p1'], ['p1']]);
  expect(one.act('r', 'submit').act('l', 'submit').done).toBe('completed');
});

test('WRP-43 Additional Resources', () => {
  const one = walk(template({ plan: [approval('ok', { ...person('p1'), allow: ['addParallel'] }), task('b')] }));
  one.act('ok', 'addParallel', { to: 'expert' });
  expect(held(one, 'ok')).toEqual(['p1', 'expert']);
  expect(one.act('ok', 'approve', { actor: 'p1' }).live).toEqual(['ok']);
  expect(one.act('ok', 'approve', { actor: 'expert' }).live).toEqual(['b']);
});
