import type { IndicatorsSection } from '../../indicators/schema.ts';
import type { Phase } from '../../template/schema.ts';
import { targetChange } from '../parts/change.ts';
import { longText, must, says } from '../parts/fields.ts';
import { indicator } from '../parts/indicators.ts';
import {
  decomposition,
  goalsIssued,
  indicatorTable,
  issueGoals,
  milestoneTable,
  publicOpinions,
  unitPlan,
} from '../parts/plan.ts';
import { keyTaskTable } from '../parts/register.ts';
import { approval, task } from '../parts/steps.ts';
import { city } from '../parts/who.ts';

/** What observers write down at the observation points of a unit; it counts on the public side. */
export const OBSERVED = 'T4';

/** Built up over three years; each of its contents is accepted apart. */
export const KEY_TASK = 'COMMUNITY';

/** Whose values the register holds for comparison. The source names none: an example, as are the values of the demo. */
export const BENCHMARK_CITY = '望海市（示例）';

/** The key task, its split by year and the satisfaction are the source's; standards and common indicators are examples. */
export const indicators: IndicatorsSection = {
  // As in 四川: not before the mid-year check.
  change: targetChange({ from: '07-01' }),
  total: '100',
  weights: 'rescale',
  benchmark: { place: BENCHMARK_CITY },
  list: [
    indicator('T1', '年度重点工作完成率', 'Key work done', '%', '95', '20', { aggregation: 'toDate', rollUp: 'mean' }),
    indicator('T2', '群众诉求按期办结率', 'Requests answered in time', '%', '98', '15'),
    indicator('T3', '年度预算执行率', 'Budget carried out', '%', '95', '10', {
      aggregation: 'toDate',
      rollUp: 'mean',
      plausible: { min: '0', max: '100' },
    }),
    indicator(OBSERVED, '观测点服务质量', 'Service seen at the observation points', '分', '90', '5', {
      aggregation: 'mean',
      formula: 'observations.mean',
    }),
  ],
  keyTasks: [
    {
      code: KEY_TASK,
      name: says('三年改造 50 个老旧小区', '50 old communities renewed in three years'),
      unit: '个',
      total: '50',
      years: [
        { year: 2026, amount: '20' },
        { year: 2027, amount: '15' },
        { year: 2028, amount: '15' },
      ],
      contents: [
        {
          key: 'pipes',
          name: says('水电气管网', 'Pipes and wires'),
          standard: says(
            '雨污分流，水电气一户一表，无裸露线缆',
            'Rain and sewage apart, a meter for each household, no bare wires',
          ),
          satisfaction: '85',
        },
        {
          key: 'yards',
          name: says('道路、停车和绿化', 'Roads, parking and green'),
          standard: says(
            '道路硬化无破损，停车位每户不少于 0.5 个，绿地率不低于 25%',
            'Sound roads, half a parking space a household, a quarter green',
          ),
          satisfaction: '85',
        },
        {
          key: 'care',
          name: says('养老、托幼和物业', 'Care and management'),
          standard: says('有养老和托幼服务点，物业管理全覆盖', 'A place of care for old and young, and a manager'),
          satisfaction: '85',
        },
      ],
      categories: ['construction'],
      weight: '20',
    },
  ],
};

/** 计划制定：下达、单位工作组编报、征求公众意见、办公室审核、领导小组批准、分解到科室和岗位。 */
export const plan: Phase = {
  name: says('绩效计划', 'Plan'),
  window: { start: { from: 'periodStart' }, end: { date: '05-15' } },
  blocks: [
    issueGoals({ date: '01-20' }),
    goalsIssued(),
    ...unitPlan({
      fields: [
        indicatorTable(),
        milestoneTable(),
        keyTaskTable('keyTaskSoFar'),
        longText('keyTaskPlan', '重点任务年度安排和标准', "The key task's part of the year, with standards", must),
      ],
      consult: [
        {
          key: 'planPublic',
          type: 'window',
          name: says('计划草案征求公众意见', 'The draft is shown to the public'),
          until: { from: 'opened', workingDays: 10 },
          notice: says(
            '现将年度绩效计划草案公开征求意见，公众可在 10 个工作日内提出意见。',
            'The draft of the plan is public for 10 working days; anybody may say what they think of it.',
          ),
        },
        task(
          'answerPublic',
          '单位工作组汇总公众意见并说明采纳情况',
          'The working group answers what the public said',
          { kind: 'role', role: 'workingGroup', of: 'participant' },
          5,
          [publicOpinions(), longText('publicSummary', '征求意见情况', 'Summary', must)],
          { shows: ['indicators'], access: { milestones: 'write' } },
        ),
      ],
      reviewShows: ['publicOpinions', 'publicSummary'],
    }),
    approval('groupApproves', '领导小组批准计划', 'The leading group approves the plan', city('leadingGroup'), 5, {
      shows: ['indicators', 'milestones', 'keyTaskSoFar', 'publicSummary', 'officeOpinion'],
      returnTo: 'draftPlan',
    }),
    ...decomposition({ assigned: true }),
  ],
};
