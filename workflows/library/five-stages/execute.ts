import type { Phase } from '../../template/schema.ts';
import { date, decimal, longText, must, says, table, text } from '../parts/fields.ts';
import { reporting } from '../parts/reporting.ts';
import { approval, task } from '../parts/steps.ts';

const training = ['trainings', 'trained', 'trainingReport'];

/** 第二步：培训和数据采集。Nobody reports who has not been trained in what the indicators mean. */
export const execute: Phase = {
  name: says('二、培训和数据采集', '2 Training and data collection'),
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [
    task(
      'train',
      '培训数据采集人员',
      'Train those who collect the data',
      'staff',
      10,
      [
        table(
          'trainings',
          '培训安排',
          'Trainings',
          [
            text('topic', '内容', 'Topic', must),
            date('day', '日期', 'Date', must),
            decimal('attended', '参加人数', 'People who attended', { ...must, places: 0, min: '0', max: '1000' }),
          ],
          must,
        ),
        decimal('trained', '采集人员培训合格率', 'Share of the collectors that passed', {
          ...must,
          places: 1,
          min: '0',
          max: '100',
          unit: '分',
        }),
        longText('trainingReport', '培训情况', 'Report', must),
      ],
      { shows: ['indicators', 'dataSources'] },
    ),
    approval(
      'confirmTraining',
      '监测单位确认可以开始采集',
      'The monitoring unit lets the collection begin',
      'monitor',
      3,
      {
        shows: training,
        returnTo: 'train',
      },
    ),
    reporting({ over: 'quarters' }),
  ],
};
