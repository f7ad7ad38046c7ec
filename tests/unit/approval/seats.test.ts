import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decision, decide } from '../../../workflows/approval/decide.ts';
import { seatsFor } from '../../../workflows/approval/seats.ts';
import type { ActEvent, LiveBlock, Outcome } from '../../../workflows/machine/context.ts';
import type { Action } from '../../../workflows/template/action.ts';
import type { ApprovalBlock } from '../../../workflows/template/block.ts';
import { approval } from '../../support/blocks.ts';

const ALL = ['abstain', 'delegate', 'addBefore', 'addAfter', 'addParallel', 'remove', 'claim', 'retrieve'] as const;
const blockOf = (mode: NonNullable<ApprovalBlock['mode']>, more: Partial<ApprovalBlock> = {}) =>
  approval('ok', { mode, allow: [...ALL], returnTo: 'draft', onReject: 'end', ...more });

/** Acts one after the other on one block; keeps the last answer. */
function table(block: ApprovalBlock, people: string[][]) {
  let live: LiveBlock = { round: 1, seats: seatsFor(block, people, 1) };
  let last: Decision | null = null;
  const act = (actor: string, action: Action, more: Partial<ActEvent> = {}) => {
    const seats = live.seats ?? [];
    const seat =
      (
        seats.find((s) => s.state === 'open' && s.people.includes(actor)) ??
        seats.find((s) => s.by === actor || s.people.includes(actor))
      )?.n ?? 0;
    const reason = action === 'return' || action === 'reject' || action === 'remove' ? { reason: 'because' } : {};
    last = decide(block, live, { type: 'act', seat, action, actor, ...reason, ...more });
    if (!('refused' in last)) live = { ...live, seats: last.seats, ...(last.outcome && { outcome: last.outcome }) };
    return it;
  };
  const it = {
    act,
    open: () => (live.seats ?? []).filter((s) => s.state === 'open').map((s) => s.people.join('/')),
    outcome: (): Outcome | undefined => live.outcome,
    refused: () => (last && 'refused' in last ? last.refused : null),
    seat: (person: string) => live.seats?.find((s) => s.people.includes(person))?.n ?? 0,
    seats: () => live.seats ?? [],
  };
  return it;
}

describe('who decides', () => {
  test('any: the first one, whoever it is', () => {
    expect(
      table(blockOf('any'), [['a', 'b']])
        .act('b', 'approve')
        .outcome(),
    ).toBe('done');
  });
  test('all: everyone; one rejection is enough', () => {
    const t = table(blockOf('all'), [['a', 'b']]).act('a', 'approve');
    expect([t.outcome(), t.act('b', 'approve').outcome()]).toEqual([undefined, 'done']);
    expect(
      table(blockOf('all'), [['a', 'b']])
        .act('b', 'reject')
        .outcome(),
    ).toBe('rejected');
  });
  test('sequential: one after the other', () => {
    const t = table(blockOf('sequential'), [['a'], ['b', 'c']]);
    expect(t.open()).toEqual(['a']);
    expect(t.act('b', 'approve').refused()).toBe('task.closed');
    expect(t.act('a', 'approve').open()).toEqual(['b']);
    expect(t.act('b', 'approve').act('c', 'approve').outcome()).toBe('done');
  });
  test('somebody named twice has one seat', () => {
    expect(table(blockOf('all'), [['a'], ['a', 'b']]).open()).toEqual(['a', 'b']);
  });
});

describe('vote', () => {
  const voteOf = (vote: NonNullable<ApprovalBlock['vote']>, more: Partial<ApprovalBlock> = {}) =>
    blockOf('vote', { vote, ...more });
  const voters = [['a', 'b', 'c', 'd', 'e']];

  test('decided as soon as the votes still out cannot change it', () => {
    const t = table(voteOf({ quorum: '0.6', pass: '0.5' }), voters)
      .act('a', 'approve')
      .act('b', 'approve');
    expect(t.outcome()).toBeUndefined();
    expect(t.act('c', 'approve').outcome()).toBe('done');
    expect(
      table(voteOf({ quorum: '0', pass: '0.8' }), voters)
        .act('a', 'reject')
        .act('b', 'reject')
        .outcome(),
    ).toBe('rejected');
  });
  test('abstentions count for the quorum, not for the share', () => {
    const t = table(voteOf({ quorum: '1', pass: '0.5' }), voters)
      .act('a', 'approve')
      .act('b', 'reject');
    expect(t.act('c', 'abstain').act('d', 'abstain').act('e', 'abstain').outcome()).toBe('done');
    const none = table(voteOf({ quorum: '0', pass: '0.5' }), [['a', 'b']])
      .act('a', 'abstain')
      .act('b', 'abstain');
    expect(none.outcome()).toBe('rejected');
  });
  test('weights count, and the no of a veto seat decides', () => {
    const heavy = voteOf({ quorum: '0', pass: '0.5', weights: ['3', '1'] });
    expect(
      table(heavy, [['chair'], ['a', 'b']])
        .act('a', 'reject')
        .act('chair', 'approve')
        .outcome(),
    ).toBe('done');
    const veto = voteOf({ quorum: '0', pass: '0.5', veto: [0] });
    const t = table(veto, [['chair'], ['a', 'b', 'c']])
      .act('a', 'approve')
      .act('b', 'approve')
      .act('c', 'approve');
    expect(t.outcome()).toBeUndefined();
    expect(t.act('chair', 'reject').outcome()).toBe('rejected');
  });
  test('a vote that fails returns where nothing says that it rejects', () => {
    const block = voteOf({ quorum: '0', pass: '0.5' });
    delete block.onReject;
    expect(
      table(block, [['a']])
        .act('a', 'reject')
        .outcome(),
    ).toBe('returned');
  });
  test('deciding early never differs from counting to the end', () => {
    const ballot = fc.constantFrom<Action>('approve', 'reject', 'abstain');
    const share = fc.constantFrom('0', '0.34', '0.5', '0.67', '1');
    const voter = fc.record({ ballot, weight: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(voter, { minLength: 1, maxLength: 8 }), share, share, (cast, quorum, pass) => {
        const people = cast.map((_, i) => [`p${i}`]);
        const block = voteOf({ quorum, pass, weights: cast.map(({ weight }) => String(weight)) });
        const t = table(block, people);
        cast.forEach((one, i) => {
          if (!t.outcome()) t.act(`p${i}`, one.ballot);
        });
        const sum = (which: Action) => cast.reduce((total, one) => total + (one.ballot === which ? one.weight : 0), 0);
        const decided = sum('approve') + sum('reject');
        const passes = decided > 0 && sum('approve') >= decided * Number(pass) - 1e-9;
        expect(t.outcome()).toBe(passes ? 'done' : 'rejected');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('adding and removing approvers', () => {
  test.each(['any', 'all', 'sequential'] as const)('before, after and beside keep the order (%s)', (mode) => {
    const people = mode === 'any' ? [['a']] : [['a'], ['b']];
    const others = mode === 'all' ? ['b'] : [];
    const before = table(blockOf(mode), people).act('a', 'addBefore', { to: 'x' });
    expect(before.open()).toEqual(['x', ...others]);
    expect(before.act('x', 'approve').open()).toEqual(['a', ...others]);

    const after = table(blockOf(mode), people).act('a', 'addAfter', { to: 'x' });
    expect(after.open()).toEqual(['a', ...others]);
    expect(after.act('a', 'approve').open()).toEqual(['x', ...others]);

    const beside = table(blockOf(mode), people).act('a', 'addParallel', { to: 'x' });
    expect(beside.open()).toEqual(['a', 'x', ...others]);
    beside.act('a', 'approve').act('x', 'approve');
    if (mode !== 'any') beside.act('b', 'approve');
    expect(beside.outcome()).toBe('done');
  });

  test('in sequence the next one waits for whoever was added', () => {
    const t = table(blockOf('sequential'), [['a'], ['b']])
      .act('a', 'addAfter', { to: 'x' })
      .act('a', 'approve');
    expect(t.open()).toEqual(['x']);
    expect(t.act('x', 'approve').open()).toEqual(['b']);
    const u = table(blockOf('sequential'), [['a'], ['b']])
      .act('a', 'addParallel', { to: 'x' })
      .act('a', 'approve');
    expect(u.open()).toEqual(['x']);
    expect(u.act('x', 'approve').open()).toEqual(['b']);
  });

  test('who was added can be removed by whoever added them, until they decide', () => {
    const t = table(blockOf('all'), [['a'], ['b']]).act('a', 'addBefore', { to: 'x' });
    const target = t.seat('x');
    expect(t.act('b', 'remove', { target }).refused()).toBe('approver.gone');
    // The adder waits for the one added, so the removal comes from there.
    expect(t.act('a', 'remove', { target }).refused()).toBe('task.closed');
    const u = table(blockOf('all'), [['a'], ['b']]).act('a', 'addParallel', { to: 'x' });
    expect(u.act('a', 'remove', { target: u.seat('x') }).open()).toEqual(['a', 'b']);
    expect(u.act('a', 'approve').act('b', 'approve').outcome()).toBe('done');
  });

  test('nobody is added twice', () => {
    const t = table(blockOf('all'), [['a'], ['b']]);
    expect(t.act('a', 'addAfter', { to: 'b' }).refused()).toBe('approver.there');
    expect(t.act('a', 'addAfter', {}).refused()).toBe('transfer.to.missing');
  });
});

describe('handing over', () => {
  test('transfer is for good, delegation comes back with advice', () => {
    const t = table(blockOf('all'), [['a'], ['b']]).act('a', 'delegate', { to: 'x' });
    expect(t.open()).toEqual(['x', 'b']);
    expect(t.act('x', 'approve', { reason: 'fine by me' }).open()).toEqual(['a', 'b']);
    expect(t.seats()[0]?.advice).toEqual([{ by: 'x', action: 'approve', reason: 'fine by me' }]);
    expect(t.act('a', 'approve').act('b', 'approve').outcome()).toBe('done');
    expect(
      table(blockOf('any'), [['a']])
        .act('a', 'delegate', { to: 'a' })
        .refused(),
    ).toBe('transfer.to.same');
    expect(
      table(blockOf('any'), [['a']])
        .act('a', 'transfer', { to: 'x' })
        .act('x', 'approve')
        .outcome(),
    ).toBe('done');
  });

  test('a candidate may claim the seat and give it back', () => {
    const t = table(blockOf('any'), [['a', 'b']]).act('b', 'claim');
    expect(t.open()).toEqual(['b']);
    expect(t.act('a', 'approve', { seat: 1 }).refused()).toBe('task.notYours');
    expect(t.act('b', 'unclaim').open()).toEqual(['a/b']);
    expect(
      table(blockOf('any'), [['a']])
        .act('a', 'claim')
        .refused(),
    ).toBe('claim.alone');
  });

  test('an approver of several takes the decision back while the block is open', () => {
    const t = table(blockOf('all'), [['a'], ['b']])
      .act('a', 'approve')
      .act('a', 'retrieve');
    expect(t.open()).toEqual(['a', 'b']);
    expect(t.act('b', 'approve').act('a', 'approve').outcome()).toBe('done');
    expect(t.act('a', 'retrieve').refused()).toBe('task.closed');
  });
});

test('what the template does not allow is refused', () => {
  const block = blockOf('all', { allow: [] });
  for (const action of ['abstain', 'delegate', 'addBefore', 'addAfter', 'addParallel', 'remove', 'claim'] as const)
    expect(
      table(block, [['a'], ['b']])
        .act('a', action, { to: 'x', target: 2 })
        .refused(),
    ).toBe('action.notAllowed');
});

test('whatever is done in whatever order, the block can still be decided, and nobody loses a seat unseen', () => {
  const step = fc.record({
    who: fc.nat(9),
    action: fc.constantFrom<Action>(
      'approve',
      'delegate',
      'addBefore',
      'addAfter',
      'addParallel',
      'remove',
      'claim',
      'unclaim',
      'transfer',
      'retrieve',
    ),
    to: fc.nat(9),
    target: fc.nat(12),
  });
  fc.assert(
    fc.property(
      fc.constantFrom('any' as const, 'all' as const, 'sequential' as const),
      fc.array(step, { maxLength: 25 }),
      (mode, steps) => {
        const t = table(blockOf(mode), [['p0', 'p1'], ['p2']]);
        for (const { who, action, to, target } of steps) t.act(`p${who}`, action, { to: `p${to}`, target });
        for (let guard = 0; guard < 100 && !t.outcome(); guard += 1) {
          const seat = t.seats().find((s) => s.state === 'open');
          expect(seat, 'an undecided block has somebody to decide').toBeDefined();
          t.act(seat?.people[0] ?? '', 'approve', { seat: seat?.n ?? 0 });
        }
        expect(t.outcome()).toBe('done');
        const numbers = t.seats().map(({ n }) => n);
        expect(new Set(numbers).size).toBe(numbers.length);
      },
    ),
    { numRuns: 2000 },
  );
});
