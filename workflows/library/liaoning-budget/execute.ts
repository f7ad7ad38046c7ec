import type { LightScheme } from '../../lights/schema.ts';
import type { Phase } from '../../template/schema.ts';
import { decimal, must, says } from '../parts/fields.ts';
import { feel, reporting, supervision } from '../parts/reporting.ts';

/** Automatic warning from 20 % behind schedule: the source's number. */
export const lights: LightScheme = {
  name: says('滞后 20% 自动预警', 'A warning by itself at 20 % behind schedule'),
  schedule: 'linear',
  rules: [
    {
      key: 'behind20',
      colour: 'yellow',
      when: [{ of: 'behind', atLeast: '20' }],
      consequences: [{ kind: 'warning', reply: 10 }],
    },
  ],
};

/** 运行监控：按季报告绩效目标和预算支出，滞后 20% 及以上自动预警。 */
export const execute: Phase = {
  name: says('绩效运行监控', 'Monitoring'),
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [
    reporting({
      over: 'quarters',
      fields: [
        decimal('spent', '累计支出', 'Spent so far', { ...must, places: 2, min: '0', max: '100000', unit: '万元' }),
      ],
      light: 'if lag >= 20 then "yellow" else "green"',
      collect: ['spent'],
      after: [supervision('lag >= 20')],
    }),
    feel('unspent', '结余', 'What is left', 'leftOver', 'budget - spent'),
  ],
};
