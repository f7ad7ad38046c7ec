import type { AdjustmentItem, AdjustmentScheme } from '../../adjustments/schema.ts';
import type { TaskBlock } from '../../template/block.ts';
import type { Text } from '../../text.ts';
import { files, longText, must, says } from './fields.ts';
import { task } from './steps.ts';
import { city } from './who.ts';

const GROUP = 'special';

/** The block in which whoever leads special goals hands in what each unit came to, and enters it in the ledger. */
export const SPECIAL_GOALS = 'specialGoals';

/** Once for the cycle, before it is scored. */
export const specialGoalsJudged = (leads: string, workingDays: number): TaskBlock =>
  task(
    SPECIAL_GOALS,
    '考核专项目标，提出加减分',
    'The special goals are judged',
    city(leads),
    workingDays,
    [
      longText('specialSummary', '专项目标考核情况', 'How the goals went', must),
      files('specialDetail', '考核明细', 'Detail file', { maxFiles: 20 }),
    ],
    {
      per: 'cycle',
      help: says(
        '在“加减分台账”中逐单位提出较差、差的扣分和加分，附考核明细；先由绩效办审定扣分：失分单位超过 15% 的目标才能加分，加分单位不超过 10%，每个不超过该目标分值的 10%。',
        'In the ledger propose for each unit what it loses or gains, with the detail file. The office approves deductions first: only a goal by which more than 15 % lost points may give bonuses, to at most 10 % of the units, at most 10 % of its points each.',
      ),
    },
  );

/**
 * 专项目标 as 杭州 2018 has them, as parts of a ledger: a bonus only where more than 15 % of the units lost points, for at most 10 % of
 * them, at most 10 % of the goal's points each; 较差 costs 0.3, 差 0.5; at most 1 gained and 1 lost over all goals; no detail file, no
 * bonus, and a deduction for whoever leads (its points are an example).
 */
export function specialGoals(
  goals: Readonly<Record<string, { name: Text; points: string }>>,
  propose: string[],
): Required<Pick<AdjustmentScheme, 'items' | 'groups' | 'special'>> {
  const basis = says('杭州市 2018 年专项目标考核规定', 'Rules for special goals of 杭州, 2018');
  const items = Object.entries(goals).flatMap(([goal, { name }]): AdjustmentItem[] => {
    const of = (key: string, kind: 'bonus' | 'deduction', zh: string, en: string) => ({
      key: `${goal}${key}`,
      kind,
      name: says(`${name.zh}：${zh}`, `${name.en}: ${en}`),
      basis,
      group: GROUP,
    });
    const result = { goal, propose, evidence: 'required' } as const;
    return [
      { ...of('Bonus', 'bonus', '加分', 'bonus'), ...result },
      { ...of('Poor', 'deduction', '较差', 'poor'), ...result, points: '0.3', most: '0.3' },
      { ...of('Bad', 'deduction', '差', 'bad'), ...result, points: '0.5', most: '0.5' },
      { ...of('NoDetail', 'deduction', '牵头单位未提供考核明细', 'no detail file'), points: '0.1', most: '0.1' },
    ];
  });
  return {
    items,
    groups: { [GROUP]: { name: says('专项目标', 'Special goals'), caps: { bonus: '1', deduction: '1' } } },
    special: { lost: '0.15', units: { share: '0.10', round: 'floor' }, bonus: '0.10', goals: { ...goals } },
  };
}
