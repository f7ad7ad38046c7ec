import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  covers,
  type Delegation,
  LONGEST_CHAIN,
  narrow,
  refusalOfDelegation,
  type Scope,
  standInsFor,
  standsInFor,
} from '../../workflows/approval/delegation.ts';

const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const WORK = ['t', 'u'].flatMap((template) => ['x', 'y'].map((block) => ({ template, block })));
const at = (n: number) => new Date(n * 3_600_000);
const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant(null),
  fc.subarray(['t', 'u', 't/x', 't/y', 'u/x'], { minLength: 1 }),
);
const delegation: fc.Arbitrary<Delegation> = fc.record({
  person: fc.constantFrom(...PEOPLE),
  to: fc.constantFrom(...PEOPLE),
  from: fc.nat(9).map(at),
  until: fc.nat(9).map(at),
  scope,
});
const instants = Array.from({ length: 10 }, (_, n) => at(n));

test('what two scopes have in common is what both cover', () => {
  fc.assert(
    fc.property(scope, scope, (a, b) => {
      const both = narrow(a, b);
      for (const work of WORK) expect(covers(both, work)).toBe(covers(a, work) && covers(b, work));
    }),
  );
});

test('chains end, from either end alike, whatever circles there are', () => {
  let longest = 0;
  fc.assert(
    fc.property(fc.array(delegation, { maxLength: 14, size: 'max' }), (all) => {
      for (const now of instants)
        for (const work of WORK) {
          const pairs = PEOPLE.flatMap((person) =>
            standInsFor(all, person, work, now).map((to) => {
              expect(to).not.toBe(person);
              return `${person}>${to}`;
            }),
          );
          longest = Math.max(longest, pairs.length);
          const other = PEOPLE.flatMap((to) =>
            standsInFor(all, to, now)
              .filter((grant) => covers(grant.scope, work))
              .map((grant) => `${grant.person}>${to}`),
          );
          expect([...new Set(other)].sort()).toEqual([...new Set(pairs)].sort());
        }
    }),
    { numRuns: 150 },
  );
  expect(longest).toBeGreaterThan(5);
});

test('of the windows that are let in, none ever closes a circle, and one piece of work has one stand-in', () => {
  let refusedLoops = 0;
  let chains = 0;
  fc.assert(
    fc.property(fc.array(delegation, { maxLength: 25, size: 'max' }), (asked) => {
      const kept: Delegation[] = [];
      for (const one of asked) {
        const refused = refusalOfDelegation(kept, one, at(0));
        if (refused === null) kept.push(one);
        if (refused === 'delegation.loop') refusedLoops += 1;
      }
      for (const now of instants)
        for (const work of WORK) {
          const next = new Map<string, string>();
          for (const one of kept) {
            if (!(one.from <= now && now < one.until && covers(one.scope, work))) continue;
            expect(next.has(one.person)).toBe(false);
            next.set(one.person, one.to);
          }
          for (const person of PEOPLE) {
            const path = [person];
            for (let to = next.get(person); to !== undefined; to = next.get(to)) {
              expect(path).not.toContain(to);
              path.push(to);
            }
            chains = Math.max(chains, path.length);
            expect(standInsFor(kept, person, work, now)).toEqual(path.slice(1, LONGEST_CHAIN + 1));
          }
        }
    }),
    { numRuns: 200 },
  );
  expect(refusedLoops).toBeGreaterThan(0);
  expect(chains).toBeGreaterThan(2);
});
