import { expect, test } from 'vitest';
import { lintRule } from '../../../workflows/scoring/lint.ts';
import type { Rule } from '../../../workflows/scoring/rule.ts';

const bands = (...all: string[]): Rule => ({
  kind: 'bands',
  of: 'values.x',
  bands: all.map((one) => ({ in: one, gives: '1' })),
});
const part = (weight: string, rule: Rule = 'values.x') => ({ weight, rule });
const third: Rule = { kind: 'ratio', of: '1', to: '3' };

test.each<[string, unknown, string, string]>([
  ['a word that is no path', 'total.x', 'schema.format', ''],
  ['a kind that there is not', { kind: 'nope' }, 'schema.value', 'kind'],
  ['a part that is missing', { kind: 'ratio', of: '1' }, 'schema.type', 'to'],
  ['a property too many', { kind: 'ratio', of: '1', to: '2', cap: '3' }, 'schema.unknownKey', 'cap'],
  ['a number instead of text', { kind: 'const', value: 5 }, 'schema.type', 'value'],
  ['a wrong interval', bands('80-90'), 'schema.format', 'bands[0].in'],
  ['a fraction of a place', { kind: 'round', of: '1', places: 0.5, mode: 'halfUp' }, 'schema.type', 'places'],
  [
    'a slice narrower than nothing',
    { kind: 'slices', of: '1', slices: [{ width: '-1', rate: '1' }] },
    'schema.format',
    'slices[0].width',
  ],
  ['a quota below zero', { kind: 'ledger', of: 'bonus', caps: { year: '-1' } }, 'schema.format', 'caps.year'],
  [
    'a veto without effect',
    { kind: 'veto', if: 'true', reason: { zh: '否', en: 'no' }, of: '1' },
    'schema.value',
    'grade',
  ],
  [
    'a part twice',
    { kind: 'composite', of: [part('60'), { weight: '40', rule: { kind: 'input', path: 'values.x' } }] },
    'rule.partTwice',
    'of[1].rule',
  ],
  ['weights of 99', { kind: 'composite', of: [part('60'), part('39', 'values.y')] }, 'rule.weights', 'of'],
  ['weights of 100 of 1000', { kind: 'composite', total: '1000', of: [part('100')] }, 'rule.weights', 'of'],
  [
    'a weight below zero',
    { kind: 'composite', of: [part('110'), part('-10', 'values.y')] },
    'rule.weightNegative',
    'of[1].weight',
  ],
  ['a gap between bands', bands('(,60)', '[70,)'), 'rule.bandGap', 'bands[1].in'],
  ['an end that is in neither band', bands('(,60)', '(60,)'), 'rule.bandGap', 'bands[1].in'],
  ['bands that overlap', bands('[60,)', '(,70)'), 'rule.bandOverlap', 'bands[0].in'],
  ['an end that is in both bands', bands('(,60]', '[60,)'), 'rule.bandOverlap', 'bands[1].in'],
  ['a band twice', bands('(,60)', '[60,)', '[60,)'), 'rule.bandOverlap', 'bands[2].in'],
  ['a band upside down', bands('[90,80)'), 'rule.bandEmpty', 'bands[0].in'],
  ['a band of nothing', bands('[80,80)'), 'rule.bandEmpty', 'bands[0].in'],
  ['bands that do not say what is outside', bands('[0,60)', '[60,100]'), 'rule.bandEnds', 'bands'],
  ['a cap below the floor', { kind: 'clamp', of: '1', floor: '5', cap: '3' }, 'rule.caps', 'cap'],
  [
    'units of nothing',
    { kind: 'perUnit', base: '3', of: 'values.x', side: 'over', points: '-1', unit: '0' },
    'rule.divideByZero',
    'unit',
  ],
  ['a division by zero', { kind: 'sum', of: [{ kind: 'ratio', of: '1', to: '0' }] }, 'rule.divideByZero', 'of[0].to'],
  [
    'a target of zero',
    { kind: 'attainment', of: 'values.x', target: '0', direction: 'up' },
    'rule.divideByZero',
    'target',
  ],
  ['a way of no length', { kind: 'efficacy', of: '1', low: '80', high: '80' }, 'rule.divideByZero', 'high'],
  [
    'a place behind that adds points',
    { kind: 'rank', of: 'values.x', base: '1', step: '-1', in: 'points' },
    'rule.rankStep',
    'step',
  ],
  [
    'an endless slice before another',
    { kind: 'slices', of: '1', slices: [{ rate: '1' }, { rate: '2' }] },
    'rule.sliceOpen',
    'slices[0].width',
  ],
  ['an item outside each', { kind: 'sum', of: ['item.x'] }, 'rule.name', 'of[0]'],
  ['a list of items outside each', { kind: 'sum', of: { each: 'item.rows', rule: 'item' } }, 'rule.name', 'of.each'],
  ['a named value that nobody named', { kind: 'sum', of: ['let.x'] }, 'rule.name', 'of[0]'],
  ['a value that depends on itself', { kind: 'let', let: { a: 'let.a' }, in: 'let.a' }, 'rule.circular', 'let.a'],
  [
    'values that depend on each other',
    {
      kind: 'let',
      let: { a: { kind: 'sum', of: ['let.b', '1'] }, b: { kind: 'feel', formula: 'let.a * 2' } },
      in: 'let.a',
    },
    'rule.circular',
    'let.b',
  ],
  ['a formula that cannot be read', { kind: 'feel', formula: '1 +' }, 'feel.syntax', 'formula'],
  ['a formula that reads the clock', { kind: 'feel', formula: 'now()' }, 'feel.forbidden', 'formula'],
  ['a formula of a name that is not there', { kind: 'feel', formula: 'total * 2' }, 'rule.name', 'formula'],
  [
    'a condition that cannot be read',
    { kind: 'choose', when: [{ if: 'values.x >', gives: '1' }] },
    'feel.syntax',
    'when[0].if',
  ],
])('%s is found', (_what, rule, id, path) => {
  const findings = lintRule(rule);
  expect(findings.map((one) => `${one.id} ${one.path}`)).toContain(`${id} ${path}`);
  for (const { reason, hint } of findings)
    for (const text of [reason, hint]) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).toMatch(/[a-z]/i);
    }
});

test.each<[string, Rule]>([
  ['bands that meet', bands('[90,)', '(,60)', '[60,90)')],
  [
    'a gap for which there is else',
    {
      kind: 'bands',
      of: 'values.x',
      bands: [
        { in: '[0,1)', gives: '1' },
        { in: '[2,3)', gives: '1' },
      ],
      else: '0',
    },
  ],
  ['weights that come from the data', { kind: 'composite', of: [part('values.w'), part('40', 'values.y')] }],
  ['weights that may come to anything', { kind: 'composite', total: 'any', of: [part('3'), part('5', 'values.y')] }],
  [
    'a named value that looks like a word of the language',
    { kind: 'let', let: { if: third, key: 'let.if' }, in: 'let.key' },
  ],
  ['texts that look like paths', { kind: 'const', key: 'item', name: { zh: 'item.x', en: 'let.y' }, value: '1' }],
  [
    'items inside each, and a filter',
    {
      kind: 'sum',
      of: {
        each: 'indicators',
        where: 'item.kind = "common" and count(adjustments[kind = "veto"]) = 0',
        rule: { kind: 'attainment' },
      },
    },
  ],
])('%s are fine', (_what, rule) => {
  expect(lintRule(rule)).toEqual([]);
});

test('findings say where the rule stands', () => {
  expect(lintRule(part('1').rule, ['rule'])).toEqual([]);
  expect(lintRule({ kind: 'ratio', of: '1', to: '0' }, ['a', 0])[0]?.path).toBe('a[0].to');
});
