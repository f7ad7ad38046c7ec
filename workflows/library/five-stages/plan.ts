import type { Phase } from '../../template/schema.ts';
import { longText, must, says } from '../parts/fields.ts';
import {
  consultMonitor,
  decomposition,
  goalsIssued,
  indicatorTable,
  issueGoals,
  milestoneTable,
  unitPlan,
} from '../parts/plan.ts';

/** 第一步：确定目标和指标。 */
export const plan: Phase = {
  name: says('一、确定目标和指标', '1 Goals and indicators'),
  window: { start: { from: 'periodStart' }, end: { date: '03-31' } },
  blocks: [
    issueGoals({ from: 'opened', workingDays: 5 }),
    goalsIssued(),
    ...unitPlan({
      fields: [
        indicatorTable(),
        milestoneTable(),
        longText('dataSources', '数据来源和采集办法', 'Where the data come from and how they are collected', must),
      ],
      days: 10,
      consult: [consultMonitor()],
      reviewShows: ['monitorOpinion'],
    }),
    ...decomposition(),
  ],
};
