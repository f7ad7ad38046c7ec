import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../../workflows/machine/context.ts';
import { refusalOf } from '../../../workflows/machine/step.ts';
import { approval, branch, parallel, repeat, task, template } from '../../support/blocks.ts';
import { walk } from '../../support/steps.ts';

type Walk = ReturnType<typeof walk>;
const refused = (one: Walk, event: CaseEvent) => refusalOf(one.definition, one.snapshot, event)?.id ?? null;
const person = (id: string) => ({ who: [{ kind: 'person' as const, person: id }] });

describe('returning', () => {
  const free = { returnChoice: 'earlier' as const, returnTo: 'b', onReject: undefined };

  test('to the block that the template names, or to any earlier one where it lets choose', () => {
    const content = template({ plan: [task('a'), task('b'), approval('ok', free)] });
    const one = walk(content).act('a', 'submit').act('b', 'submit');
    expect(one.act('ok', 'return').live).toEqual(['b']);
    one.act('b', 'submit');
    expect(one.act('ok', 'return', { block: 'a' }).live).toEqual(['a']);
  });

  test('not to a block that is not earlier, nor anywhere else where it is fixed', () => {
    const content = template({ plan: [task('a'), task('b'), approval('ok', free), task('c')] });
    const one = walk(content).act('a', 'submit').act('b', 'submit');
    const seat = one.context.live.ok?.seats?.[0];
    const event = {
      type: 'act' as const,
      seat: seat?.n ?? 0,
      action: 'return' as const,
      actor: seat?.people[0] ?? '',
      reason: 'r',
    };
    for (const block of ['c', 'ok', 'nowhere']) expect(refused(one, { ...event, block })).toBe('return.target');
    expect(refused(one, { ...event, block: 'a' })).toBeNull();
    const fixed = walk(
      template({ plan: [task('a'), task('b'), approval('ok', { returnTo: 'b', onReject: undefined })] }),
    )
      .act('a', 'submit')
      .act('b', 'submit');
    expect(refused(fixed, { ...event, block: 'a' })).toBe('return.target');
  });

  test('out of a branch of a parallel: its siblings go too, and everything comes again', () => {
    const content = template({
      plan: [
        task('a'),
        parallel('par', [task('l'), approval('lok', { returnTo: 'a', onReject: undefined })], [task('r')]),
      ],
    });
    const one = walk(content).act('a', 'submit');
    expect(one.live).toEqual(['l', 'r']);
    one.act('l', 'submit');
    expect(one.act('lok', 'return').live).toEqual(['a']);
    expect(one.act('a', 'submit').live).toEqual(['l', 'r']);
    one.act('r', 'submit').act('l', 'submit').act('lok', 'approve');
    expect(one.done).toBe('completed');
  });

  test('afterwards step by step again, or straight back to whoever returned it', () => {
    const content = (afterReturn: 'again' | 'back') =>
      template({
        plan: [
          task('a'),
          approval('first', { returnTo: 'a', onReject: undefined }),
          approval('second', { returnTo: 'a', onReject: undefined, afterReturn }),
        ],
      });
    const to = (afterReturn: 'again' | 'back') =>
      walk(content(afterReturn)).act('a', 'submit').act('first', 'approve').act('second', 'return').act('a', 'submit')
        .live;
    expect(to('again')).toEqual(['first']);
    expect(to('back')).toEqual(['second']);
  });

  test('straight back only once, and not when another return came between', () => {
    const content = template({
      plan: [
        task('a'),
        approval('first', { returnTo: 'a', onReject: undefined }),
        approval('second', { returnTo: 'a', onReject: undefined, afterReturn: 'back' }),
      ],
    });
    const one = walk(content).act('a', 'submit').act('first', 'approve').act('second', 'return').act('a', 'submit');
    expect(one.act('second', 'approve').done).toBe('completed');
  });

  test('inside a repeat to an earlier block of the same item', () => {
    const content = template({
      plan: [
        repeat('q', 'quarters', 'oneByOne', [
          task('report'),
          approval('check', { returnTo: 'report', onReject: undefined }),
        ]),
      ],
    });
    const one = walk(content)
      .act('report', 'submit')
      .act('check', 'approve')
      .act('report', 'submit')
      .act('check', 'return');
    expect(one.context.live.report?.item?.key).toBe('2026-Q2');
  });
});

describe('taking back', () => {
  const allow = ['retrieve' as const];
  const content = template({
    plan: [
      task('a', { ...person('p1'), allow }),
      approval('ok', { ...person('p2'), allow, returnTo: 'a', onReject: undefined }),
      task('c', person('p3')),
    ],
  });
  const back = (block: string, actor: string) => ({ type: 'retrieve' as const, block, actor });

  test('whoever submitted takes it back while nobody has acted on it', () => {
    const one = walk(content).act('a', 'submit');
    expect(refused(one, back('a', 'p2'))).toBe('retrieve.late');
    expect(one.send(back('a', 'p1')).live).toEqual(['a']);
    one.act('a', 'submit').act('ok', 'approve');
    expect(refused(one, back('a', 'p1'))).toBe('retrieve.late');
    expect(one.send(back('ok', 'p2')).live).toEqual(['ok']);
    expect(one.act('ok', 'approve').act('c', 'submit').done).toBe('completed');
  });

  test('whoever began the case withdraws it while nobody has acted on it, and approves nothing unseen after that', () => {
    const begun = template({
      plan: [
        task('a', { ...person('p1'), allow: ['withdraw'] }),
        approval('ok', { ...person('p2'), returnTo: 'a', onReject: undefined, auto: { sameApprover: 'all' } }),
        approval('ok2', { ...person('p2'), returnTo: 'a', onReject: undefined, allow }),
      ],
    });
    const withdraw = (actor: string) => ({ type: 'withdraw' as const, actor });
    const one = walk(begun);
    expect(refused(one, withdraw('p1'))).toBe('withdraw.late');
    one.act('a', 'submit');
    expect(refused(one, withdraw('p2'))).toBe('withdraw.late');
    expect(one.send(withdraw('p1')).live).toEqual(['a']);
    one.act('a', 'submit').act('ok', 'approve');
    expect(refused(one, withdraw('p1'))).toBe('withdraw.late');
    // Sent back and submitted again: what is untouched now may be withdrawn now.
    one.act('ok2', 'return').act('a', 'submit');
    expect(one.send(withdraw('p1')).live).toEqual(['a']);
    expect(one.act('a', 'submit').live).toEqual(['ok']);
  });

  test('what an approver takes back is not approved again because they had approved', () => {
    const again = template({
      plan: [
        task('a', person('p1')),
        approval('ok', { ...person('p2'), allow, auto: { sameApprover: 'all' } }),
        task('c', person('p3')),
      ],
    });
    expect(walk(again).act('a', 'submit').act('ok', 'approve').send(back('ok', 'p2')).live).toEqual(['ok']);
  });

  test('not where the template does not allow it, nor after a branch of what followed was acted on', () => {
    const plain = walk(template({ plan: [task('a', person('p1')), approval('ok', person('p2'))] })).act('a', 'submit');
    expect(refused(plain, back('a', 'p1'))).toBe('retrieve.late');
    const fork = template({
      plan: [
        task('a', { ...person('p1'), allow }),
        parallel('par', [task('l', person('p2')), task('l2')], [task('r', person('p3'))]),
      ],
    });
    const one = walk(fork).act('a', 'submit');
    expect(refused(one, back('a', 'p1'))).toBeNull();
    one.act('l', 'submit');
    expect(refused(one, back('a', 'p1'))).toBe('retrieve.late');
  });

  test('leaves the other branches of a parallel alone', () => {
    const fork = template({
      plan: [parallel('par', [task('l', { ...person('p1'), allow }), task('l2')], [task('r'), task('r2')])],
    });
    const one = walk(fork).act('l', 'submit').act('r', 'submit');
    expect(one.send(back('l', 'p1')).live.sort()).toEqual(['l', 'r2']);
  });
});

describe('an administrator', () => {
  test('puts a case at another block of the top level', () => {
    const content = template({
      plan: [task('a'), branch('way', 'false', [], [task('in')]), task('b')],
      execute: [task('c')],
    });
    const one = walk(content);
    const jump = (block: string) => ({ type: 'jump' as const, block, actor: 'admin', reason: 'r' });
    expect(one.send(jump('c')).live).toEqual(['c']);
    expect(one.send(jump('way')).live).toEqual(['in']);
    expect(refused(one, jump('in'))).toBe('jump.target');
    expect(one.act('in', 'submit').act('b', 'submit').act('c', 'submit').done).toBe('completed');
  });
});

describe('rules that act by themselves', () => {
  test('whoever approved before need not approve again', () => {
    const steps = (sameApprover: 'all' | 'consecutive' | 'never') =>
      walk(
        template({
          plan: [
            approval('one', { ...person('p1'), onReject: undefined }),
            approval('two', { ...person('p2'), onReject: undefined, auto: { sameApprover } }),
            approval('three', { ...person('p1'), onReject: undefined, auto: { sameApprover } }),
            approval('four', { ...person('p1'), onReject: undefined, auto: { sameApprover } }),
            task('end'),
          ],
        }),
      )
        .act('one', 'approve')
        .act('two', 'approve').live;
    expect(steps('never')).toEqual(['three']);
    expect(steps('consecutive')).toEqual(['three']);
    expect(steps('all')).toEqual(['end']);
    const row = walk(
      template({
        plan: [
          approval('one', { ...person('p1'), onReject: undefined }),
          approval('two', { ...person('p1'), onReject: undefined, auto: { sameApprover: 'consecutive' } }),
          task('end'),
        ],
      }),
    );
    expect(row.act('one', 'approve').live).toEqual(['end']);
  });

  test('a return makes everyone approve again', () => {
    const content = template({
      plan: [
        task('a', person('p0')),
        approval('one', { ...person('p1'), onReject: undefined, auto: { sameApprover: 'all' } }),
        approval('two', { ...person('p2'), onReject: undefined, returnTo: 'a' }),
      ],
    });
    expect(walk(content).act('a', 'submit').act('one', 'approve').act('two', 'return').act('a', 'submit').live).toEqual(
      ['one'],
    );
  });

  test('whoever began the case is left out, or their superior decides; nobody found may mean to go on', () => {
    const begun = (auto: object, who: object) =>
      walk(
        template({
          plan: [task('a', person('p1')), approval('ok', { ...who, onReject: undefined, auto }), task('end')],
        }),
      ).act('a', 'submit');
    expect(begun({ initiator: 'skip' }, person('p1')).live).toEqual(['end']);
    expect(begun({ initiator: 'self' }, person('p1')).live).toEqual(['ok']);
    const superior = begun({ initiator: 'superior' }, person('p1')).context.live.ok?.seats?.[0]?.people;
    expect(superior).not.toContain('p1');
    expect(begun({ empty: 'pass' }, { who: [{ kind: 'field', field: 'none' }] }).live).toEqual(['end']);
    const asked = begun(
      { empty: { who: { kind: 'person', person: 'p9' } } },
      { who: [{ kind: 'field', field: 'none' }] },
    );
    expect(asked.context.live.ok?.seats?.[0]?.people).toEqual(['p9']);
  });
});
