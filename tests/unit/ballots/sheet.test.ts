import { describe, expect, test } from 'vitest';
import { type AssessorGroup, assessorGroupSchema } from '../../../workflows/ballots/schema.ts';
import { type Cast, checkSheet } from '../../../workflows/ballots/sheet.ts';
import { named } from '../../support/blocks.ts';

const group = (more: object = {}): AssessorGroup =>
  assessorGroupSchema.parse({
    key: 'leaders',
    name: named('leaders'),
    kind: 'superior',
    who: [{ kind: 'role', role: 'leaders' }],
    scale: { min: '0', max: '100', step: '0.5' },
    ...more,
  });
const units = ['a', 'b', 'c', 'd', 'e'];
const targets = units.map((participant) => ({ participant, items: ['overall'] }));
const scores = (...values: string[]): Cast[] => values.map((value, i) => ({ participant: units[i] ?? '', value }));
const faults = (given: Cast[], of = group()) =>
  checkSheet(of, targets, given).errors.map(({ fault, path }) => [fault, path]);

describe('a sheet', () => {
  test('that is complete and on the scale is taken as it is', () => {
    const { ballots, errors, spoilt } = checkSheet(group(), targets, scores('90', '80.5', '0', '100', '70'));
    expect({ errors, spoilt }).toEqual({ errors: [], spoilt: [] });
    expect(ballots.map(({ value }) => value)).toEqual(['90', '80.5', '0', '100', '70']);
  });

  test.each([
    ['above the scale', '100.5'],
    ['below it', '-1'],
    ['between its steps', '90.3'],
    ['not a number', '九十'],
    ['in another notation', '9e1'],
    ['endlessly long', '9'.repeat(30)],
    ['a formula', '=cmd'],
  ])('%s is refused, with its row', (_what, value) => {
    expect(faults(scores('90', value, '0', '100', '70'))).toEqual([['scale', 'ballots[1].value']]);
  });

  test('says each thing that is wrong with its row', () => {
    const given = [...scores('90', '101'), { participant: 'a', value: '80' }, { participant: 'z', value: '80' }];
    expect(faults(given)).toEqual([
      ['scale', 'ballots[1].value'],
      ['twice', 'ballots[2]'],
      ['notOnSheet', 'ballots[3].participant'],
      ['missing', 'ballots[4]'],
      ['missing', 'ballots[5]'],
      ['missing', 'ballots[6]'],
    ]);
  });

  test('abstains only where that is allowed, and then says nothing else', () => {
    const given = scores('90', '80', '70', '60', '50').map((cast, i) =>
      i ? cast : { participant: 'a', abstain: true },
    );
    expect(faults(given)).toEqual([['scale', 'ballots[0].abstain']]);
    const { ballots, errors } = checkSheet(group({ abstain: true }), targets, given);
    expect(errors).toEqual([]);
    expect(ballots[0]).toEqual({ participant: 'a', item: 'overall', value: null, option: null });
    expect(
      faults([{ participant: 'a', abstain: true, value: '9' }, ...given.slice(1)], group({ abstain: true })),
    ).toEqual([['scale', 'ballots[0]']]);
  });

  test('of options counts their points', () => {
    const options = [
      { key: 'good', name: named('good'), points: '100' },
      { key: 'bad', name: named('bad'), points: '40' },
    ];
    const of = group({ scale: { options } });
    const given = units.map((participant) => ({ participant, option: 'good' }));
    expect(checkSheet(of, targets, given).ballots[0]).toMatchObject({ value: '100', option: 'good' });
    expect(faults([{ participant: 'a', option: 'best' }, ...given.slice(1)], of)).toEqual([
      ['scale', 'ballots[0].option'],
    ]);
  });

  test('of a survey may leave units out, a draft too, and a draft is not judged by the rules', () => {
    const of = group({ rules: [{ kind: 'notAllEqual' }] });
    expect(checkSheet(of, targets, scores('80', '70'), { partial: true }).errors).toEqual([]);
    expect(checkSheet(of, targets, scores('80', '80'), { partial: true }).errors).toMatchObject([{ fault: 'rule' }]);
    expect(checkSheet(of, targets, scores('80', '80'), { draft: true }).errors).toEqual([]);
  });
});

describe('the rules of P37: at most 3 scores ≥ 90, at least 2 < 70, an all-equal ballot is invalid', () => {
  const p37 = group({
    rules: [
      { kind: 'atMost', count: 3, from: '90' },
      { kind: 'atLeast', count: 2, below: '70' },
      { kind: 'notAllEqual', effect: 'invalid' },
    ],
  });
  test.each([
    [['95', '92', '90', '60', '69.5'], []],
    [
      ['95', '92', '90', '90', '60'],
      ['rules[0]', 'rules[1]'],
    ],
    [['95', '92', '80', '70', '60'], ['rules[1]']],
    [['90', '90', '90', '69.5', '69.5'], []],
  ])('%j breaks %j', (values, broken) => {
    expect(checkSheet(p37, targets, scores(...values)).errors.map(({ path }) => path)).toEqual(broken);
  });

  test('a rule that asks for a long sheet leaves shorter ones alone; abstentions make a sheet shorter', () => {
    const asks = (sheetFrom: number) =>
      group({ abstain: true, rules: [{ kind: 'atLeast', count: 2, below: '70', sheetFrom }] });
    const high = scores('80', '81', '82', '83', '84');
    expect(faults(high, asks(5))).toEqual([['rule', 'rules[0]']]);
    expect(faults(high, asks(6))).toEqual([]);
    expect(faults(scores('80', '69', '82', '83', '60'), asks(5))).toEqual([]);
    expect(faults([...high.slice(0, 4), { participant: 'e', abstain: true }], asks(5))).toEqual([]);
  });

  test('all equal is taken, and spoilt', () => {
    const equal = group({ rules: [{ kind: 'notAllEqual', effect: 'invalid' }] });
    const { errors, spoilt } = checkSheet(equal, targets, scores('80', '80', '80', '80', '80'));
    expect(errors).toEqual([]);
    expect(spoilt.map(({ zh }) => zh)).toEqual(['不能给所有单位相同的评价']);
    expect(checkSheet(equal, targets, scores('80', '80', '80', '80', '81')).spoilt).toEqual([]);
  });

  test('shares are rounded in favour of the rule, and abstentions do not count', () => {
    const of = group({ abstain: true, rules: [{ kind: 'atMost', share: '0.5', from: '90' }] });
    expect(faults(scores('95', '95', '80', '80', '80'), of)).toEqual([]);
    expect(faults(scores('95', '95', '95', '80', '80'), of)).toEqual([['rule', 'rules[0]']]);
    const blank = [...scores('95', '95'), ...['c', 'd', 'e'].map((participant) => ({ participant, abstain: true }))];
    expect(faults(blank, of)).toEqual([['rule', 'rules[0]']]);
  });

  test('each item is judged by itself', () => {
    const items = [
      { key: 'duty', name: named('duty') },
      { key: 'style', name: named('style') },
    ];
    const of = group({ items, rules: [{ kind: 'atMost', count: 1, from: '90' }] });
    const both = units.slice(0, 2).map((participant) => ({ participant, items: ['duty', 'style'] }));
    const cast = (values: string[]) =>
      values.map((value, i) => ({ participant: units[i >> 1] ?? '', item: i % 2 ? 'style' : 'duty', value }));
    expect(checkSheet(of, both, cast(['95', '80', '80', '95'])).errors).toEqual([]);
    expect(checkSheet(of, both, cast(['95', '80', '95', '80'])).errors).toMatchObject([{ path: 'rules[0]' }]);
    expect(
      checkSheet(of, both, [{ participant: 'a', item: 'nothing', value: '1' }], { partial: true }).errors,
    ).toMatchObject([{ fault: 'item' }]);
  });
});
