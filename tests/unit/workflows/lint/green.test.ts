import { describe, expect, test } from 'vitest';
import { library } from '../../../../workflows/library/index.ts';
import type { Block } from '../../../../workflows/template/block.ts';
import { lintTemplate } from '../../../../workflows/template/lint/index.ts';
import type { CycleTemplate, PhaseKey } from '../../../../workflows/template/schema.ts';
import {
  approval,
  branch,
  decimal,
  formula,
  gate,
  named,
  notify,
  parallel,
  rank,
  repeat,
  task,
  template,
  textField,
  weighted,
} from '../../../support/blocks.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;
const score = task('score', { fields: [decimal('points')] });

describe('templates without findings', () => {
  const green: [string, Partial<Record<PhaseKey, Block[]>>, Partial<CycleTemplate>?][] = [
    ['a task and an approval', { plan: [task('a'), approval('b', { returnTo: 'a' })] }],
    [
      'a value of a later block shown after a return',
      {
        plan: [task('a', { shows: ['opinion'] }), approval('b', { returnTo: 'a', fields: [textField('opinion')] })],
      },
    ],
    ['back across phases', { plan: [task('a')], execute: [approval('b', { returnTo: 'a' })] }],
    [
      'back out of parallel, branch and repeat',
      {
        plan: [
          score,
          parallel(
            'p',
            [branch('b', 'points > 1', [repeat('r', 'months', 'oneByOne', [approval('c', { returnTo: 'score' })])])],
            [task('d')],
          ),
        ],
      },
    ],
    ['a gate back to a task', { plan: [score, gate('g', 'points > 1', 'score'), approval('a')] }],
    [
      'a part from each path of a branch',
      {
        plan: [
          score,
          branch('b', 'points > 1', [task('t', { fields: [decimal('x')] })], [formula('f', 'x', '0')]),
          weighted('w', 'y', [
            { value: 'x', weight: '0.25' },
            { value: 'points', weight: '0.75' },
          ]),
          approval('a', { shows: ['y'] }),
        ],
      },
    ],
    [
      'gathered rows of items',
      {
        plan: [
          repeat('r', 'sections', 'together', [score], { collect: { fields: ['points'], into: 'list' } }),
          branch('b', 'count(list[points > 3]) > 0 and some l in list satisfies l.index > 1', [
            approval('a', { shows: ['list'] }),
          ]),
        ],
      },
    ],
    [
      'a meeting and ranks',
      {
        plan: [
          score,
          rank('r', 'points'),
          task('draft', { per: 'cycle', who: [office] }),
          approval('c', { per: 'cycle', returnTo: 'r', onReject: undefined }),
          notify('n', '{{participant.name}} {{standing.rank}} / {{standing.rankOf}} of {{period.year}}'),
          branch('b', 'standing.rank > standing.rankOf - 2', [task('t')]),
        ],
      },
    ],
    [
      'what ranking tells the cycle asked in a branch of the cycle',
      {
        plan: [
          score,
          rank('r', 'points'),
          { ...branch('b', 'standing.ranked > 1', [task('why', { who: [office] })]), per: 'cycle' },
          branch('own', 'standing.rank = 1', [task('t')]),
        ],
      },
    ],
    [
      'the goals of the cycle shown to participants',
      {
        plan: [
          task('goals', { per: 'cycle', who: [office], fields: [textField('cityGoals')] }),
          task('a', { shows: ['cityGoals'] }),
        ],
      },
    ],
    [
      'a date field compared as a date',
      {
        plan: [
          task('t', { fields: [{ key: 'd', type: 'date', name: named('d') }] }),
          branch('b', 'date(d) > date(period.end)', [approval('a')]),
        ],
      },
    ],
    [
      'a grade computed from a score',
      {
        plan: [
          score,
          formula('f', 'grade', 'if points >= 90 then "A" else "B"'),
          branch('b', 'grade = "A"', [approval('a')]),
        ],
      },
    ],
  ];

  test.each(green)('%s', (_what, phases, more) => {
    const findings = lintTemplate(template(phases, more)).filter((finding) => finding.id !== 'role.unused');
    expect(findings).toEqual([]);
  });

  test.each(Object.keys(library))('the shipped %s', (key) => {
    expect(lintTemplate(JSON.parse(JSON.stringify(library[key])))).toEqual([]);
  });
});
