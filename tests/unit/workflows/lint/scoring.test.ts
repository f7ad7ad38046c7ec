import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../../workflows/scoring/rule.ts';
import type { Block } from '../../../../workflows/template/block.ts';
import { lintTemplate } from '../../../../workflows/template/lint/index.ts';
import { decimal, named, task, template, textField } from '../../../support/blocks.ts';
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
});
