import type { Phase } from '../../template/schema.ts';
import { choice, longText, must, says, table, text } from '../parts/fields.ts';
import {
  consultMonitor,
  decomposition,
  goalsIssued,
  indicatorTable,
  issueGoals,
  milestoneTable,
  unitPlan,
} from '../parts/plan.ts';
import { DIMENSIONS } from './indicators.ts';

/** 战略地图：从使命到四个维度的目标，再到指标和行动。 */
const strategyMap = table(
  'strategyMap',
  '战略地图',
  'Strategy map',
  [
    choice(
      'dimension',
      '维度',
      'Dimension',
      Object.fromEntries(DIMENSIONS.map(([key, zh, en]) => [key, [zh, en] as const])),
      must,
    ),
    text('objective', '战略目标', 'Objective', must),
    text('leadsTo', '支撑的目标', 'What it leads to', { maxLength: 200 }),
    text('action', '行动方案', 'Action', must),
  ],
  // At least one objective a dimension.
  { ...must, minRows: DIMENSIONS.length },
);

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
