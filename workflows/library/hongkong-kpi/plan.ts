import type { Phase } from '../../template/schema.ts';
import { files, longText, must, says } from '../parts/fields.ts';
import { goalsIssued, indicatorTable, issueGoals, unitPlan } from '../parts/plan.ts';
import { approval } from '../parts/steps.ts';
import { MEMBERS, members } from './who.ts';

/** 订立指标：施政报告公布成果指标，牵头局和协办部门组成专责小组。 */
export const plan: Phase = {
  name: says('订立指标', 'Setting the indicators'),
  window: { start: { from: 'periodStart' }, end: { date: '04-15' } },
  blocks: [
    issueGoals({ from: 'opened', workingDays: 5 }),
    goalsIssued(),
    ...unitPlan({
      fields: [
        indicatorTable(),
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
