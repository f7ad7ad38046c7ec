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
import { strategyMap } from './objectives.ts';

export const plan: Phase = {
  name: says('战略地图和指标', 'Strategy map and indicators'),
  window: { start: { from: 'periodStart' }, end: { date: '04-15' } },
  blocks: [
    issueGoals({ from: 'opened', workingDays: 5 }),
    goalsIssued(),
    ...unitPlan({
      fields: [longText('mission', '部门使命', 'Mission', must), strategyMap, indicatorTable(), milestoneTable()],
      days: 15,
      consult: [consultMonitor()],
      reviewShows: ['monitorOpinion'],
    }),
    ...decomposition(),
  ],
};
