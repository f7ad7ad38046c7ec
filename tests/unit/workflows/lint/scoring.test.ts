import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../../workflows/scoring/rule.ts';
import type { Block } from '../../../../workflows/template/block.ts';
import { lintTemplate } from '../../../../workflows/template/lint/index.ts';
import { decimal, named, rank, task, template, textField } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const points = task('t', { fields: [decimal('points'), textField('words', { required: true })] });
const inCase = (rule: Rule): Block => ({
  key: 'r',
  type: 'compute',
  name: named('r'),
  into: 'total',
  rule: { kind: 'rule', rule },
});
const ofCycle = (rule: Rule): Block => ({ ...inCase(rule), per: 'cycle', rule: { kind: 'score', rule } }) as Block;
const assessors = [
  {
    key: 'leaders',
    kind: 'superior',
    name: named('leaders'),
    who: [{ kind: 'heads' as const }],
    scale: { min: '0', max: '100' },
  },
];

describe('scoring rules in templates', () => {
  testRows([
    [
      'a rule that is none',
      'schema.tooSmall',
      'plan[1].rule.rule.of',
      { plan: [points, inCase({ kind: 'sum', of: [] })] },
    ],
    [
      'weights that do not add up',
      'rule.weights',
      'plan[1].rule.rule.of',
      { plan: [points, inCase({ kind: 'composite', of: [{ weight: '99', rule: 'values.points' }] })] },
    ],
    ['a value that nothing gives', 'name.unknown', 'plan[1].rule.rule', { plan: [points, inCase('values.nope')] }],
    [
      'a value of later',
      'name.later',
      'plan[0].rule.rule.of[0]',
      { plan: [inCase({ kind: 'sum', of: ['values.points'] }), points] },
    ],
    ['a value that is text', 'value.notNumber', 'plan[1].rule.rule', { plan: [points, inCase('values.words')] }],
    [
      'a value that must be there and may be missing',
      'value.uncertain',
      'plan[1].rule.rule.path',
      {
        plan: [
          task('t', { fields: [decimal('x', { required: false })] }),
          inCase({ kind: 'input', path: 'values.x', required: true }),
        ],
      },
    ],
    [
      'ballots in a case by itself',
      'rule.notInCase',
      'plan[1].rule.rule.of',
      { plan: [points, inCase({ kind: 'raters', of: 'ballots.leaders.overall' })] },
    ],
    [
      'a group of assessors that there is not',
      'rule.noGroup',
      'evaluate[0].rule.rule.of',
      { plan: [points], evaluate: [ofCycle({ kind: 'raters', of: 'ballots.peers.overall' })] },
      { assessors } as never,
    ],
    [
      'a formula that names nothing',
      'rule.name',
      'plan[1].rule.rule.formula',
      { plan: [points, inCase({ kind: 'feel', formula: 'points + 1' })] },
    ],
  ]);

  test('a rule over values and ballots that are there has no findings', () => {
    const rule: Rule = { kind: 'sum', of: ['values.points', { kind: 'raters', of: 'ballots.leaders.overall' }] };
    const findings = lintTemplate(template({ plan: [points], evaluate: [ofCycle(rule)] }, { assessors } as never));
    expect(findings.filter(({ id }) => id.startsWith('rule.') || id.startsWith('name.'))).toEqual([]);
  });

  const ranked = (rule: Rule) =>
    lintTemplate(
      template({
        plan: [
          task('t', { fields: [decimal('points', { required: true }), decimal('more', { required: false })] }),
          inCase(rule),
        ],
        evaluate: [rank('k', 'total')],
      }),
    )
      .filter(({ id }) => id.startsWith('value.'))
      .map(({ id }) => id);
  const choose = (otherwise?: Rule): Rule => ({
    kind: 'choose',
    when: [{ if: 'values.more > 1', gives: 'values.points' }],
    ...(otherwise !== undefined && { else: otherwise }),
  });

  test.each<[string, Rule]>([
    ['a sum of which one part is there', { kind: 'sum', of: ['values.points', 'values.more'] }],
    [
      'a composite of which one part is there',
      {
        kind: 'composite',
        of: [
          { weight: '60', rule: 'values.points' },
          { weight: '40', rule: 'values.more' },
        ],
      },
    ],
    [
      'an input with a default',
      { kind: 'product', of: ['values.points', { kind: 'input', path: 'values.more', default: '1' }] },
    ],
    ['a choice with else', { kind: 'round', of: choose('0'), places: 2, mode: 'halfUp' }],
    ['a named value', { kind: 'let', let: { a: 'values.points' }, in: { kind: 'ratio', of: 'let.a', to: '2' } }],
  ])('units can be ranked by %s', (_what, rule) => expect(ranked(rule)).toEqual([]));

  test.each<[string, Rule]>([
    ['a value that may be missing', 'values.more'],
    ['a product with one', { kind: 'product', of: ['values.points', 'values.more'] }],
    ['a choice without else', choose()],
    ['a formula', { kind: 'feel', formula: 'values.points * 2' }],
    ['a list that may be empty', { kind: 'mean', of: { each: 'values.points', rule: 'item' } }],
  ])('units cannot be ranked by %s', (_what, rule) => expect(ranked(rule)).toEqual(['value.uncertain']));
});
