import { expect, test } from 'vitest';
import { countOf, errorsOf, filledOf, placeOf } from '../../../admin/src/ballots/sheet.ts';
import type { BallotSheet } from '../../../admin/src/ballots/types.ts';

const unit = (id: string, state: 'due' | 'recused' = 'due') => ({
  id,
  name: id,
  category: 'all',
  state,
  items: ['overall'],
  goals: [],
});
const sheet: BallotSheet = {
  id: 's',
  cycle: { id: 'c', name: 'c' },
  block: { key: 'vote', name: { zh: 'v', en: 'v' } },
  group: { key: 'leaders', name: { zh: 'l', en: 'l' }, kind: 'superior' },
  layer: null,
  state: 'open',
  expected: 2,
  filled: 0,
  closesAt: null,
  open: true,
  can: ['save', 'submit'],
  scale: { min: '0', max: '100', step: '0.5' },
  abstain: true,
  rules: [{ kind: 'atMost', count: 1, from: '90' }],
  items: [],
  opinions: false,
  participants: [unit('a'), unit('b'), unit('c', 'recused')],
  ballots: [],
  spoilt: [],
};

test('a ballot that is off the scale is marked at its unit, while one types', () => {
  const { byPlace, all, missing } = errorsOf(sheet, filledOf([{ participant: 'a', value: '100.2' }]), false);
  expect([...byPlace.keys()]).toEqual([placeOf('a', 'overall')]);
  expect({ all, missing }).toEqual({ all: [], missing: 0 });
});

test('what is missing, and a rule over the whole sheet, are told when it is handed in; recused units are not missed', () => {
  const filled = filledOf([{ participant: 'a', value: '95' }]);
  expect(errorsOf(sheet, filled, true)).toMatchObject({ missing: 1, all: [] });
  const both = filledOf([
    { participant: 'a', value: '95' },
    { participant: 'b', value: '92' },
  ]);
  expect(errorsOf(sheet, both, true).all).toMatchObject([{ en: 'at most 1 of ≥ 90, not 2' }]);
  const one = filledOf([
    { participant: 'a', value: '95' },
    { participant: 'b', abstain: true },
  ]);
  expect(errorsOf(sheet, one, true)).toMatchObject({ missing: 0, all: [], spoilt: [] });
});

test('what was cleared again does not count as filled in', () => {
  expect(
    countOf(
      filledOf([
        { participant: 'a', value: '' },
        { participant: 'b', abstain: true },
      ]),
    ),
  ).toBe(1);
});
