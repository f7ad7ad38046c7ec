import type { IndicatorsSection } from '../../indicators/schema.ts';
import type { Phase } from '../../template/schema.ts';
import { targetChange } from '../parts/change.ts';
import { must, table, text } from '../parts/fields.ts';
import { indicator } from '../parts/indicators.ts';
import {
  consultMonitor,
  decomposition,
  goalsIssued,
  indicatorTable,
  issueGoals,
  milestoneTable,
  unitPlan,
} from '../parts/plan.ts';

const commonIndicators = table(
  'commonIndicators',
  '共性指标',
  'Common indicators',
  [text('name', '指标', 'Indicator', { ...must, maxLength: 200 }), text('basis', '考核依据', 'Basis')],
  { ...must, maxRows: 30 },
);

/** Specific indicators are the plan's; what all have in common is an example. */
export const indicators: IndicatorsSection = {
  change: targetChange(),
  total: '100',
  weights: 'rescale',
  list: [
    indicator('C1', '机关党建和作风建设', 'Party building and conduct', '分', '100', '10'),
    indicator('C2', '依法行政和政务公开', 'Lawful administration and openness', '%', '98', '10'),
    indicator('C3', '年度预算执行率', 'Budget carried out', '%', '95', '10', { aggregation: 'toDate' }),
  ],
};

/** 目标制定：下达、编报、审核、分解。 */
export const plan: Phase = {
  name: { zh: '目标制定', en: 'Setting targets' },
  window: { start: { from: 'periodStart' }, end: { date: '04-15' } },
  blocks: [
    issueGoals({ date: '01-20' }, [commonIndicators], {
      zh: '依据市党代会、人代会确定的年度重点任务，拟定并下达全市绩效目标和共性指标。',
      en: 'From the key tasks of the year, draw up and issue the goals of the city and the common indicators.',
    }),
    goalsIssued(),
    ...unitPlan({
      fields: [indicatorTable(), milestoneTable()],
      shows: ['cityGoals', 'commonIndicators'],
      consult: [consultMonitor()],
      reviewShows: ['monitorOpinion'],
    }),
    ...decomposition(),
  ],
};
