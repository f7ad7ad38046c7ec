import { describe, expect, test } from 'vitest';
import { actionsOf, type Decision, decide } from '../../../workflows/approval/decide.ts';
import { seatsFor } from '../../../workflows/approval/seats.ts';
import type { ActEvent, LiveBlock } from '../../../workflows/machine/context.ts';
import type { HumanBlock } from '../../../workflows/template/block.ts';
import { approval, task } from '../../support/blocks.ts';

const PEOPLE = ['a', 'b', 'c', 'd', 'e'];
const live = (block: HumanBlock, people = PEOPLE): LiveBlock => ({ round: 1, seats: seatsFor(block, [people], 1) });
const act = (seat: number, action: ActEvent['action'], more: Partial<ActEvent> = {}): ActEvent => ({
  type: 'act',
  seat,
  action,
  actor: PEOPLE[seat - 1] ?? 'a',
  ...(action === 'return' || action === 'reject' ? { reason: 'because' } : {}),
  ...more,
});

/** Acts one after the other; the decision after the last. */
function decided(block: HumanBlock, ...events: ActEvent[]): Decision {
  let now = live(block);
  let decision: Decision = { seats: now.seats ?? [] };
  for (const event of events) {
    decision = decide(block, now, event);
    if ('refused' in decision) return decision;
    now = { ...now, seats: decision.seats, ...(decision.outcome && { outcome: decision.outcome }) };
  }
  return decision;
}
const outcome = (decision: Decision) => ('refused' in decision ? decision.refused : decision.outcome);

describe('seats', () => {
  const cases: [string, HumanBlock, string[]][] = [
    ['a task', task('t'), ['open:ab']],
    ['any', approval('a'), ['open:ab']],
    ['all', approval('a', { mode: 'all' }), ['open:a', 'open:b']],
    ['sequential', approval('a', { mode: 'sequential' }), ['open:a', 'waiting:b']],
    ['vote', approval('a', { mode: 'vote' }), ['open:a', 'open:b']],
  ];
  test.each(cases)('%s', (_what, block, seats) => {
    const made = seatsFor(block, [['a'], ['b', 'a']], 7);
    expect(made.map((seat) => `${seat.state}:${seat.people.join('')}`)).toEqual(seats);
    expect(made.map((seat) => seat.n)).toEqual(seats.map((_, i) => 7 + i));
  });
  test.each(['any', 'all', 'sequential', 'vote'] as const)(
    'nobody found: one open seat that shows the gap (%s)',
    (mode) => {
      expect(seatsFor(approval('a', { mode }), [[], []], 3)).toEqual([{ n: 3, people: [], state: 'open' }]);
    },
  );
});

describe('actions', () => {
  test('follow from the template', () => {
    expect(actionsOf(task('t'))).toEqual(['submit', 'transfer']);
    expect(actionsOf(approval('a', { onReject: undefined }))).toEqual(['approve', 'transfer']);
    expect(actionsOf(approval('a', { returnTo: 't' }))).toEqual(['approve', 'return', 'reject', 'transfer']);
  });
});

describe('decisions', () => {
  const all = approval('a', { mode: 'all', returnTo: 't' });
  const inOrder = approval('a', { mode: 'sequential', returnTo: 't' });
  const half = approval('a', { mode: 'vote', vote: { quorum: '0.6', pass: '0.5' } });
  const most = approval('a', { mode: 'vote', vote: { quorum: '1', pass: '0.67' } });

  const rows: [string, Decision, string | undefined][] = [
    ['a task submitted', decided(task('t'), act(1, 'submit')), 'done'],
    ['any: the first decides', decided(approval('a'), act(1, 'approve', { actor: 'd' })), 'done'],
    ['any: rejected', decided(approval('a'), act(1, 'reject')), 'rejected'],
    ['all: one is not enough', decided(all, act(1, 'approve')), undefined],
    ['all: everyone', decided(all, ...[1, 2, 3, 4, 5].map((n) => act(n, 'approve'))), 'done'],
    ['all: one return decides', decided(all, act(4, 'approve'), act(2, 'return')), 'returned'],
    ['all: one rejection decides', decided(all, act(4, 'approve'), act(2, 'reject')), 'rejected'],
    ['sequential: only the first may', decided(inOrder, act(2, 'approve')), 'task.closed'],
    ['sequential: then the second', decided(inOrder, act(1, 'approve'), act(2, 'approve')), undefined],
    ['sequential: to the last', decided(inOrder, ...[1, 2, 3, 4, 5].map((n) => act(n, 'approve'))), 'done'],
    ['sequential: the second returns', decided(inOrder, act(1, 'approve'), act(2, 'return')), 'returned'],
    ['vote: two of five, no quorum', decided(half, act(1, 'approve'), act(2, 'approve')), undefined],
    ['vote: three of five carry', decided(half, act(1, 'approve'), act(2, 'approve'), act(3, 'approve')), 'done'],
    [
      'vote: three no of five fail before the rest',
      decided(half, act(1, 'reject'), act(2, 'reject'), act(3, 'reject')),
      'rejected',
    ],
    [
      'vote: open while it can go both ways',
      decided(half, act(1, 'approve'), act(2, 'approve'), act(3, 'reject'), act(4, 'reject')),
      undefined,
    ],
    [
      'vote: the last decides',
      decided(half, act(1, 'approve'), act(2, 'approve'), act(3, 'reject'), act(4, 'reject'), act(5, 'approve')),
      'done',
    ],
    ['vote: two thirds cannot be had after two no', decided(most, act(1, 'reject'), act(2, 'reject')), 'rejected'],
    ['vote: a quorum of all waits for all', decided(most, ...[1, 2, 3, 4].map((n) => act(n, 'approve'))), undefined],
    ['vote: all', decided(most, ...[1, 2, 3, 4, 5].map((n) => act(n, 'approve'))), 'done'],
  ];
  test.each(rows)('%s', (_what, decision, expected) => {
    expect(outcome(decision)).toBe(expected);
  });

  const refused: [string, Decision, string][] = [
    ['twice', decided(all, act(1, 'approve'), act(1, 'approve')), 'task.closed'],
    ['after the outcome', decided(task('t'), act(1, 'submit'), act(1, 'submit')), 'task.closed'],
    ['a seat that is not there', decided(all, act(9, 'approve')), 'task.closed'],
    ["another's seat", decided(all, act(1, 'approve', { actor: 'b' })), 'task.notYours'],
    ['for somebody who has no seat', decided(all, act(1, 'approve', { onBehalfOf: 'z' })), 'task.notYours'],
    ['an action that is off', decided(task('t'), act(1, 'approve')), 'action.notAllowed'],
    ['a return without a reason', decided(all, act(1, 'return', { reason: ' ' })), 'reason.required'],
    ['a rejection without a reason', decided(all, { ...act(1, 'reject'), reason: '' }), 'reason.required'],
    ['a transfer to nobody', decided(all, act(1, 'transfer')), 'transfer.to.missing'],
    ['a transfer to oneself', decided(all, act(1, 'transfer', { to: 'a' })), 'transfer.to.same'],
  ];
  test.each(refused)('%s is refused', (_what, decision, id) => {
    expect(decision).toEqual({ refused: id });
  });

  test('a transfer hands over the seat and decides nothing', () => {
    const decision = decided(all, act(2, 'transfer', { to: 'z' }));
    expect(outcome(decision)).toBeUndefined();
    expect('seats' in decision && decision.seats[1]).toMatchObject({ n: 2, people: ['z'], state: 'open' });
  });
  test('an act for another person keeps both names', () => {
    const decision = decided(all, act(1, 'approve', { actor: 'deputy', onBehalfOf: 'a' }));
    expect('seats' in decision && decision.seats[0]).toMatchObject({ by: 'deputy', for: 'a', state: 'done' });
  });
});

describe('a vote is decided exactly when it is fixed', () => {
  const shares = ['0', '0.25', '0.5', '0.67', '1'];
  const votes = (n: number): boolean[][] =>
    n === 0
      ? [[]]
      : votes(n - 1).flatMap((v) => [
          [...v, true],
          [...v, false],
        ]);

  test.each(shares.flatMap((quorum) => shares.filter((pass) => pass !== '0').map((pass) => [quorum, pass])))(
    'quorum %s, pass %s: the same as when all are counted at the end',
    (quorum, pass) => {
      const block = approval('a', { mode: 'vote', vote: { quorum, pass } });
      for (const ballots of votes(5)) {
        let now = live(block);
        let outcomeNow: string | undefined;
        ballots.forEach((yes, i) => {
          if (outcomeNow) return;
          const decision = decide(block, now, act(i + 1, yes ? 'approve' : 'reject'));
          if ('refused' in decision) throw new Error(decision.refused);
          now = { ...now, seats: decision.seats };
          outcomeNow = decision.outcome;
        });
        const yes = ballots.filter(Boolean).length;
        expect(outcomeNow, ballots.join()).toBe(yes / 5 >= Number(pass) ? 'done' : 'rejected');
      }
    },
  );
});
