import { describe } from 'vitest';
import { approval, decimal, named, task } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;

describe('ladders', () => {
  testRows([
    ['no deadline', 'deadline.missing', 'plan[0]', { plan: [task('a', { deadline: undefined })] }],
    [
      'reminders without a deadline',
      'deadline.needed',
      'plan[0].remind',
      { plan: [task('a', { deadline: undefined, remind: [-1] })] },
    ],
    [
      'a ladder without a deadline',
      'deadline.needed',
      'plan[0].escalate',
      { plan: [task('a', { deadline: undefined, escalate: [{ after: 1, do: 'remind' }] })] },
    ],
    [
      'a reminder before the opening',
      'remind.beforeOpening',
      'plan[0].remind[1]',
      { plan: [task('a', { remind: [-5, -6] })] },
    ],
    ['a reminder twice', 'ladder.twice', 'plan[0].remind[1]', { plan: [task('a', { remind: [-1, -1] })] }],
    [
      'a rung twice',
      'ladder.twice',
      'plan[0].escalate[1]',
      {
        plan: [
          task('a', {
            escalate: [
              { after: 1, do: 'remind' },
              { after: 1, do: 'remind' },
            ],
          }),
        ],
      },
    ],
    [
      'rungs out of order',
      'rung.order',
      'plan[0].escalate[1].after',
      {
        plan: [
          task('a', {
            escalate: [
              { after: 2, do: 'remind' },
              { after: 1, do: 'head' },
            ],
          }),
        ],
      },
    ],
    [
      'supervision without a colour',
      'rung.colour',
      'plan[0].escalate[0]',
      { plan: [task('a', { escalate: [{ after: 1, do: 'supervise' }] })] },
    ],
    [
      'a colour of a reminder',
      'rung.colour.ignored',
      'plan[0].escalate[0].colour',
      { plan: [task('a', { escalate: [{ after: 1, do: 'remind', colour: 'red' }] })] },
    ],
    [
      'a deduction of nothing said',
      'rung.points',
      'plan[0].escalate[0]',
      { plan: [task('a', { escalate: [{ after: 1, do: 'deduct' }] })] },
    ],
    [
      'a deduction of zero',
      'rung.points',
      'plan[0].escalate[0].points',
      { plan: [task('a', { escalate: [{ after: 1, do: 'deduct', points: '0.0' }] })] },
    ],
    [
      'points of a reminder',
      'rung.points.ignored',
      'plan[0].escalate[0].points',
      { plan: [task('a', { escalate: [{ after: 1, do: 'remind', points: '1' }] })] },
    ],
    [
      'a transfer to nobody',
      'rung.to',
      'plan[0].escalate[0]',
      { plan: [task('a', { escalate: [{ after: 1, do: 'transfer' }] })] },
    ],
    [
      'a reminder to somebody else',
      'rung.to.ignored',
      'plan[0].escalate[0].to',
      { plan: [task('a', { escalate: [{ after: 1, do: 'remind', to: { kind: 'head' } }] })] },
    ],
    [
      'a task that returns',
      'rung.impossible',
      'plan[0].escalate[0].do',
      { plan: [task('a', { escalate: [{ after: 1, do: 'return' }] })] },
    ],
    [
      'an approval that returns to nowhere',
      'rung.impossible',
      'plan[0].escalate[0].do',
      { plan: [approval('a', { escalate: [{ after: 1, do: 'return' }] })] },
    ],
    [
      'a return at a fixed day',
      'rung.impossible',
      'plan[1].escalate[0].do',
      {
        plan: [
          task('t'),
          approval('a', { returnTo: 't', deadline: { date: '05-01' }, escalate: [{ after: 1, do: 'return' }] }),
        ],
      },
    ],
    [
      'a form that passes empty',
      'rung.impossible',
      'plan[0].escalate[0].do',
      { plan: [task('a', { fields: [decimal('x')], escalate: [{ after: 1, do: 'pass' }] })] },
    ],
    [
      'the head of nobody told',
      'rung.impossible',
      'plan[1].escalate[0].do',
      { plan: [task('b'), task('a', { per: 'cycle', who: [office], escalate: [{ after: 1, do: 'head' }] })] },
    ],
    [
      'an office told that is not there',
      'rung.impossible',
      'plan[0].escalate[0].do',
      { plan: [task('a', { escalate: [{ after: 1, do: 'office' }] })] },
      {
        roles: { staff: { name: named('staff'), scope: 'unit' } },
      },
    ],
    [
      'a rung after the end',
      'rung.afterEnd',
      'plan[0].escalate[1]',
      {
        plan: [
          task('a', {
            escalate: [
              { after: 1, do: 'pass' },
              { after: 2, do: 'remind' },
            ],
          }),
        ],
      },
    ],
  ]);
});
