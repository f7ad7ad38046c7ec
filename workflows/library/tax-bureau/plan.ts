import type { Block } from '../../template/block.ts';
import type { Phase } from '../../template/schema.ts';
import { choice, decimal, longText, must, says, table, text } from '../parts/fields.ts';
import { assignPlan, enterMustCheck, indicatorTable, mustCheckTable } from '../parts/plan.ts';
import { approval, task, tell, when } from '../parts/steps.ts';
import { office } from '../parts/who.ts';
import { LEVELS } from './indicators.ts';

/** The bureaux of a level take over what the level above has set, and the bureau above approves; then the next level begins. */
const cascade = ([level, , zh, en]: (typeof LEVELS)[number]): Block[] => [
  when(
    `${level}Plan`,
    `${zh}承接指标`,
    `${en} take the indicators over`,
    `participant.category = "${level}"`,
    [
      task(
        `${level}Draft`,
        '承接并分解上级指标',
        'Take over and break down the indicators from above',
        'staff',
        5,
        [indicatorTable(), longText('cascadeNote', '分解说明', 'How they are broken down', must), mustCheckTable()],
        { shows: ['demands'] },
      ),
      approval(`${level}Head`, '局主要负责人审签', 'The head signs', 'head', 3, {
        shows: ['indicators', 'cascadeNote', 'mustCheck'],
        returnTo: `${level}Draft`,
      }),
      approval(`${level}Above`, '上级局审核', 'The bureau above approves', { kind: 'superior' }, 5, {
        shows: ['demands', 'indicators', 'cascadeNote', 'mustCheck'],
        returnTo: `${level}Draft`,
      }),
      assignPlan({ key: `${level}Assign` }),
      enterMustCheck(`${level}MustCheck`),
    ],
    ['其他层级', 'Other levels'],
  ),
  tell(
    `${level}Cascaded`,
    [`${zh}指标全部下达`, `${en}: all have theirs`],
    [`${zh}的指标已全部审核`, `All indicators of the ${en.toLowerCase()} are approved`],
    [
      `${zh}的指标已全部经上级局审核，下一层级开始承接。`,
      'The bureaux above have approved them; the next level takes over.',
    ],
    { per: 'cycle', who: [office] },
  ),
];

/** 指标层层承接：政策要求转化为可测量的指标，从总局到省局、市局、县局逐级下达。 */
export const plan: Phase = {
  name: says('政策要求转化为指标', 'From policy demands to indicators'),
  window: { start: { from: 'periodStart' }, end: { date: '04-30' } },
  blocks: [
    task(
      'issueDemands',
      '总局下达政策要求和考评指标',
      'The central office issues demands and indicators',
      'office',
      5,
      [
        longText('cityGoals', '年度重点工作', 'Key work of the year', must),
        table(
          'demands',
          '政策要求与指标',
          'Demands and what measures them',
          [
            text('demand', '政策要求', 'Demand', must),
            text('name', '衡量指标', 'Measured by', { ...must, maxLength: 200 }),
            text('unit', '计量单位', 'Unit', { ...must, maxLength: 20 }),
            choice('direction', '方向', 'Direction', { up: ['越高越好', 'Up'], down: ['越低越好', 'Down'] }, must),
            decimal('target', '目标值', 'Target', { ...must, places: 4, min: '0' }),
            decimal('weight', '权重', 'Weight', { ...must, places: 2, min: '0', max: '100' }),
            text('standard', '评分标准', 'Standard', must),
          ],
          must,
        ),
      ],
      {
        per: 'cycle',
        help: says(
          '每一行要求都成为各级税务局的共性指标，权重与其他指标一起折算为 100；下级局的数值逐级汇总。',
          'Each row becomes an indicator of every bureau; weights are brought to 100 together with the others; values are rolled up level by level.',
        ),
      },
    ),
    ...LEVELS.flatMap(cascade),
  ],
};
