import { describe, expect, it } from 'vitest';
import { lintTemplate } from '../../../../workflows/template/lint/index.ts';
import { approval, notify, task, template, wait } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;
const meeting = task('meet', { per: 'cycle', who: [office], opens: { date: '05-01' } });

describe('timers that can never fire', () => {
  testRows([
    [
      'a reminder after the block has passed by itself',
      'remind.afterEnd',
      'plan[0].remind[1]',
      { plan: [task('a', { remind: [0, 2], escalate: [{ after: 1, do: 'pass' }] })] },
    ],
    [
      'a reminder after the block was returned by itself',
      'remind.afterEnd',
      'plan[1].remind[0]',
      {
        plan: [
          task('a'),
          approval('b', { returnTo: 'a', onReject: undefined, remind: [3], escalate: [{ after: 2, do: 'return' }] }),
        ],
      },
    ],
    [
      'a reminder before the task exists, in calendar days',
      'remind.beforeOpening',
      'plan[0].remind[0]',
      { plan: [task('a', { deadline: { from: 'opened', days: 3 }, remind: [-4] })] },
    ],
    [
      'a reminder before the task exists, in statutory days',
      'remind.beforeOpening',
      'plan[0].remind[0]',
      { plan: [task('a', { deadline: { from: 'opened', days: 5, counting: 'statutory' }, remind: [-6] })] },
    ],
    [
      'a wait that ends on its first day',
      'until.atOnce',
      'plan[0].until',
      { plan: [wait('w', { until: { from: 'opened', workingDays: 1, countFirst: true } }), task('a')] },
    ],
    ['a date for a meeting that opens the cycle', 'opens.never', 'plan[0].opens', { plan: [meeting, task('a')] }],
    [
      'a date for a meeting to which nothing leads but a notice',
      'opens.never',
      'plan[2].opens',
      { plan: [task('a', { per: 'cycle', who: [office] }), notify('n', 'hello'), meeting] },
    ],
  ]);

  it.each([
    [
      'on the day on which the block passes',
      { plan: [task('a', { remind: [1], escalate: [{ after: 1, do: 'pass' }] })] },
    ],
    [
      'calendar days that may all be working days',
      { plan: [task('a', { deadline: { from: 'opened', days: 3 }, remind: [-3] })] },
    ],
    ['a meeting for which others wait', { plan: [wait('w'), meeting] }],
  ] as const)('says nothing of %s', (_what, phases) => {
    const findings = lintTemplate(template(phases as never)).map(({ id }) => id);
    expect(findings.filter((id) => id !== 'role.unused')).toEqual([]);
  });
});
