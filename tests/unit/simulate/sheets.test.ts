import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillSheet } from '../../../server/simulate/sheets.ts';
import { type AssessorGroup, assessorGroupSchema } from '../../../workflows/ballots/schema.ts';
import { checkSheet } from '../../../workflows/ballots/sheet.ts';
import { named } from '../../support/blocks.ts';

const group = (more: object): AssessorGroup =>
  assessorGroupSchema.parse({ key: 'g', name: named('g'), kind: 'peer', who: [{ kind: 'heads' }], ...more });
const options = ['best', 'good', 'fair', 'poor'].map((key, i) => ({
  key,
  name: named(key),
  points: `${100 - 20 * i}`,
}));
const groups = [
  group({
    scale: { min: '0', max: '100', step: '0.5' },
    rules: [
      { kind: 'atMost', count: 3, from: '90' },
      { kind: 'atLeast', count: 2, below: '70' },
      { kind: 'notAllEqual' },
    ],
  }),
  group({
    scale: { min: '1', max: '5', step: '1' },
    abstain: true,
    rules: [{ kind: 'atMost', share: '0.3', from: '5' }, { kind: 'notAllEqual' }],
  }),
  group({
    scale: { options },
    rules: [
      { kind: 'atMost', share: '0.3', option: 'best' },
      { kind: 'atLeast', count: 1, option: 'fair' },
    ],
  }),
];

test('a simulated assessor fills in a sheet that the rules take, whatever they think', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...groups),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 12 }),
      (of, shares) => {
        const targets = shares.map((_, i) => ({ participant: `${i}`, items: ['overall'] }));
        const casts = fillSheet(of, targets, (participant) => shares[Number(participant)] ?? 0);
        expect(checkSheet(of, targets, casts)).toMatchObject({ errors: [], spoilt: [] });
      },
    ),
  );
});

test('a careless one gives everybody the same, where that spoils the sheet', () => {
  const of = group({ scale: { min: '0', max: '100' }, rules: [{ kind: 'notAllEqual', effect: 'invalid' }] });
  const targets = ['a', 'b'].map((participant) => ({ participant, items: ['overall'] }));
  const casts = fillSheet(of, targets, () => 0.5, { careless: true });
  expect(checkSheet(of, targets, casts).spoilt).toHaveLength(1);
});
