import type { Phase } from '../../template/schema.ts';
import { date, longText, must, says, table, text } from '../parts/fields.ts';
import { approval, task } from '../parts/steps.ts';
import { appraised, appraiser } from './who.ts';

const noted = ['facts', 'interimTalk', 'interimAdvice'];

/** 中期面谈：记录事实，提出改进建议。 */
export const execute: Phase = {
  name: says('日常记录和中期面谈', 'Records and interim talk'),
  window: { start: { date: '04-01' }, end: { date: '12-31' } },
  blocks: [
    {
      key: 'half',
      type: 'wait',
      name: says('等待年中', 'The middle of the year'),
      until: { date: '06-30' },
    },
    task(
      'progressReport',
      '被评核人说明目标进展',
      'The person reports on the goals',
      appraised,
      10,
      [longText('interimReport', '目标进展', 'Progress', must)],
      { shows: ['workGoals'] },
    ),
    task(
      'interim',
      '评核人中期面谈',
      'Interim talk',
      appraiser,
      10,
      [
        table(
          'facts',
          '工作事实记录',
          'Facts on record',
          [date('day', '日期', 'Date', must), text('fact', '事实', 'Fact', must)],
          { maxRows: 100 },
        ),
        date('interimTalk', '面谈日期', 'Date of the talk', must),
        longText('interimAdvice', '改进建议', 'Advice', must),
      ],
      { shows: ['workGoals', 'interimReport'] },
    ),
    approval('interimSigned', '被评核人签署', 'The person signs', 'head', 3, { shows: noted, returnTo: 'interim' }),
  ],
};
