import { describe } from 'vitest';
import type { Block } from '../../../../workflows/template/block.ts';
import { named, repeat, task, template, wait } from '../../../support/blocks.ts';
import { testRows, windowed } from '../../../support/lintRows.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;
const opened = (workingDays: number) => ({ from: 'opened', workingDays }) as const;
const table = (more: object = {}) => ({
  key: 'rows',
  type: 'table' as const,
  name: named('rows'),
  columns: [
    { key: 'label', type: 'text' as const, name: named('label') },
    { key: 'weight', type: 'decimal' as const, name: named('weight'), min: '0', max: '100', places: 1 },
  ],
  ...more,
});
const march = (blocks: Block[]) => windowed({ date: '03-01' }, { date: '04-30' }, blocks);

describe('waits and dates', () => {
  testRows([
    ['a wait for nothing', 'wait.endless', 'plan[0]', { plan: [wait('w', { until: undefined }), task('a')] }],
    [
      'a wait of no time',
      'until.atOnce',
      'plan[0].until',
      { plan: [wait('w', { until: { from: 'opened' } }), task('a')] },
    ],
    [
      'a wait into the past',
      'until.beforeOpening',
      'plan[0].until',
      { plan: [wait('w', { until: opened(-1) }), task('a')] },
    ],
    [
      'a window into the past',
      'until.beforeOpening',
      'plan[0].until',
      { plan: [{ key: 'w', type: 'window', name: named('w'), until: { from: 'opened', days: -1 } }, task('a')] },
    ],
    ['31 April', 'date.notReal', 'plan[0].deadline.date', { plan: [task('a', { deadline: { date: '04-31' } })] }],
    ['30 February', 'date.notReal', 'plan[0].deadline.date', { plan: [task('a', { deadline: { date: '02-30' } })] }],
    [
      'the end of an item outside a repeat',
      'date.item',
      'plan[0].deadline.from',
      { plan: [task('a', { deadline: { from: 'itemEnd' } })] },
    ],
    [
      'the end of a section',
      'date.item',
      'plan[0].blocks[0].deadline.from',
      { plan: [repeat('r', 'sections', 'together', [task('a', { deadline: { from: 'itemStart' } })])] },
    ],
    [
      'the end of a row in a month',
      'date.item',
      'plan[1].blocks[0].blocks[0].deadline.from',
      {
        plan: [
          task('t', { fields: [table()] as never }),
          repeat('m', 'months', 'oneByOne', [
            repeat('r', { rows: 'rows' }, 'oneByOne', [task('a', { deadline: { from: 'itemEnd' } })]),
          ]),
        ],
      },
    ],
    [
      'the end of a phase without a window',
      'date.phase',
      'plan[0].deadline.from',
      { plan: [task('a', { deadline: { from: 'phaseEnd' } })] },
    ],
    [
      "30 February as a phase's start",
      'date.notReal',
      'phases.plan.window.start.date',
      {},
      windowed({ date: '02-30' }, { date: '05-01' }),
    ],
    [
      'a phase from its own start',
      'date.window',
      'phases.plan.window.end.from',
      {},
      windowed({ date: '02-01' }, { from: 'phaseStart', days: 9 }),
    ],
    [
      'a phase that ends before it starts',
      'phase.window',
      'phases.plan.window.end',
      {},
      windowed({ date: '05-01' }, { date: '03-01' }),
    ],
    [
      'a phase before the one before',
      'phase.order',
      'phases.execute.window',
      {},
      {
        phases: {
          ...template({}).phases,
          plan: { blocks: [task('a')], window: { start: { date: '06-01' }, end: { date: '08-01' } } },
          execute: { blocks: [], window: { start: { date: '02-01' }, end: { date: '03-01' } } },
        },
      },
    ],
    [
      'a deadline before the phase',
      'deadline.beforePhase',
      'plan[0].deadline',
      {},
      march([task('a', { deadline: { date: '02-01' } })]),
    ],
    [
      'a deadline counted to before the phase',
      'deadline.beforePhase',
      'plan[0].deadline',
      {},
      march([task('a', { deadline: { from: 'phaseStart', workingDays: -20 } })]),
    ],
    [
      'a deadline after the phase',
      'deadline.afterPhase',
      'plan[0].deadline',
      {},
      march([task('a', { deadline: { date: '12-01' } })]),
    ],
    [
      'a wait that has passed',
      'until.beforePhase',
      'plan[0].until',
      {},
      march([wait('w', { until: { date: '01-15' } }), task('a')]),
    ],
    [
      'all months before the phase',
      'deadline.beforePhase',
      'plan[0].blocks[0].deadline',
      {},
      windowed({ date: '03-01', year: 'next' }, { date: '04-30', year: 'next' }, [
        repeat('r', 'months', 'oneByOne', [task('a', { deadline: { from: 'itemEnd', workingDays: 5 } })]),
      ]),
    ],
    [
      'a meeting before its phase',
      'opens.beforePhase',
      'plan[1].opens',
      {},
      march([task('b'), task('a', { per: 'cycle', who: [office], opens: { date: '01-15' } })]),
    ],
    [
      'a deadline before the opening',
      'deadline.beforeOpening',
      'plan[0].deadline',
      { plan: [task('a', { deadline: opened(-3) })] },
    ],
    [
      'a meeting from its own opening',
      'opens.opened',
      'plan[1].opens.from',
      { plan: [task('b'), task('a', { per: 'cycle', who: [office], opens: opened(3) })] },
    ],
  ]);
});
