import { describe, expect, test } from 'vitest';
import {
  type Delegation,
  refusalOfDelegation,
  standInsFor,
  standsInFor,
} from '../../../workflows/approval/delegation.ts';

const day = (n: number) => new Date(Date.UTC(2026, 2, n));
const made = (person: string, to: string, more: Partial<Delegation> = {}): Delegation => ({
  person,
  to,
  from: day(1),
  until: day(10),
  scope: null,
  ...more,
});
const draft = { template: 'plan', block: 'draft' };

describe('a window', () => {
  test('is open from its first instant until just before its last', () => {
    const one = [made('a', 'b')];
    const who = (at: Date) => standInsFor(one, 'a', draft, at);
    expect(who(new Date(day(1).getTime() - 1))).toEqual([]);
    expect(who(day(1))).toEqual(['b']);
    expect(who(new Date(day(10).getTime() - 1))).toEqual(['b']);
    expect(who(day(10))).toEqual([]);
  });

  test('covers a template, a block of it, or everything', () => {
    const who = (scope: Delegation['scope'], block = 'draft') =>
      standInsFor([made('a', 'b', { scope })], 'a', { template: 'plan', block }, day(2));
    expect(who(null)).toEqual(['b']);
    expect(who(['plan'])).toEqual(['b']);
    expect(who(['plan/draft'])).toEqual(['b']);
    expect(who(['plan/draft'], 'review')).toEqual([]);
    expect(who(['other'])).toEqual([]);
    expect(who(['planning', 'plan/drafts'])).toEqual([]);
  });
});

describe('a chain', () => {
  test('is followed while every window of it is open, in what they have in common', () => {
    const chain = [
      made('a', 'b', { scope: ['plan', 'other/x'] }),
      made('b', 'c', { scope: ['plan/draft'], until: day(5) }),
    ];
    expect(standInsFor(chain, 'a', draft, day(2))).toEqual(['b', 'c']);
    expect(standInsFor(chain, 'a', draft, day(6))).toEqual(['b']);
    expect(standsInFor(chain, 'c', day(2))).toEqual([
      { person: 'b', scope: ['plan/draft'] },
      { person: 'a', scope: ['plan/draft'] },
    ]);
    expect(standsInFor(chain, 'c', day(6))).toEqual([]);
  });

  test('is no longer than five windows', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const chain = people.slice(1).map((to, i) => made(people[i] as string, to));
    expect(standInsFor(chain, 'a', draft, day(2))).toEqual(['b', 'c', 'd', 'e', 'f']);
    expect(standsInFor(chain, 'g', day(2)).map(({ person }) => person)).toEqual(['f', 'e', 'd', 'c', 'b']);
  });

  test('that runs in a circle ends', () => {
    const circle = [made('a', 'b'), made('b', 'c'), made('c', 'a')];
    expect(standInsFor(circle, 'a', draft, day(2))).toEqual(['b', 'c']);
    expect(standsInFor(circle, 'a', day(2)).map(({ person }) => person)).toEqual(['c', 'b']);
  });
});

describe('a new window is refused', () => {
  const refusal = (existing: Delegation[], wanted: Delegation) => refusalOfDelegation(existing, wanted, day(1));

  test.each([
    ['to oneself', made('a', 'a'), 'delegation.self'],
    ['that ends before it starts', made('a', 'b', { until: day(1) }), 'delegation.window'],
    ['that begins in the past', made('a', 'b', { from: new Date(day(1).getTime() - 1) }), 'delegation.window'],
  ])('%s', (_name, wanted, id) => expect(refusal([], wanted)).toBe(id));

  test('beside one of the same person for the same work', () => {
    const there = [made('a', 'b', { from: day(3), until: day(6), scope: ['plan'] })];
    expect(refusal(there, made('a', 'c'))).toBe('delegation.overlap');
    expect(refusal(there, made('a', 'c', { scope: ['plan/draft'] }))).toBe('delegation.overlap');
    expect(refusal(there, made('a', 'c', { scope: ['other'] }))).toBeNull();
    expect(refusal(there, made('a', 'c', { until: day(3) }))).toBeNull();
    expect(refusal(there, made('a', 'c', { from: day(6) }))).toBeNull();
  });

  test('when it closes a circle, and only if all windows of it meet in time and work', () => {
    const there = [made('b', 'c', { from: day(3), until: day(6) }), made('c', 'a', { scope: ['plan'] })];
    expect(refusal(there, made('a', 'b'))).toBe('delegation.loop');
    expect(refusal(there, made('a', 'b', { scope: ['plan/draft'] }))).toBe('delegation.loop');
    expect(refusal(there, made('a', 'b', { scope: ['other'] }))).toBeNull();
    expect(refusal(there, made('a', 'b', { from: day(6) }))).toBeNull();
    expect(refusal([made('b', 'a')], made('a', 'b'))).toBe('delegation.loop');
  });

  test('however long the circle is', () => {
    const people = Array.from({ length: 12 }, (_, n) => `p${n}`);
    const chain = people.slice(1).map((to, i) => made(people[i] as string, to));
    expect(refusal(chain, made('p11', 'p0'))).toBe('delegation.loop');
  });
});
