import type { Phase } from '../../template/schema.ts';
import { date, decimal, files, longText, must, says, table, text } from '../parts/fields.ts';
import { goalsIssued, issueGoals, unitPlan } from '../parts/plan.ts';
import { approval } from '../parts/steps.ts';
import { MEMBERS, members } from './who.ts';

/** The bureau's indicators with their targets; they have no weights, for nobody is ranked. */
const commitments = table(
  'indicators',
  '成果指标',
  'Result indicators',
  [
    text('code', '编号', 'Code', { maxLength: 64 }),
    text('name', '指标', 'Indicator', { ...must, maxLength: 200 }),
    text('unit', '计量单位', 'Unit', { ...must, maxLength: 20 }),
    decimal('target', '目标值', 'Target', { ...must, places: 4 }),
    date('dueDate', '达标日期', 'Due date', must),
  ],
  { ...must, source: 'plan', maxRows: 200 },
);

/** 订立指标：施政报告公布成果指标，牵头局和协办部门组成专责小组。 */
export const plan: Phase = {
  name: says('订立指标', 'Setting the indicators'),
  window: { start: { from: 'periodStart' }, end: { date: '04-15' } },
  blocks: [
    issueGoals({ from: 'opened', workingDays: 5 }),
    goalsIssued(),
    ...unitPlan({
      fields: [
        commitments,
        longText('actions', '落实措施', 'What will be done', must),
        ...MEMBERS.map(([key, zh, en]) => ({ key, name: says(zh, en), type: 'person' as const, required: true })),
        files('planFiles', '附件', 'Attachments'),
      ],
      days: 10,
      consult: [
        approval('groupAgrees', '专责小组成员会签', 'Every member of the working group agrees', 'head', 5, {
          who: members,
          mode: 'all',
          shows: ['indicators', 'actions'],
          returnTo: 'draftPlan',
        }),
      ],
    }),
  ],
};
