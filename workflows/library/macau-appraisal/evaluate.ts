import type { GradeScheme } from '../../grades/schema.ts';
import type { Block } from '../../template/block.ts';
import type { Phase } from '../../template/schema.ts';
import { appeal } from '../parts/appeal.ts';
import { longText, must, says, table, text } from '../parts/fields.ts';
import { type Judged, judge } from '../parts/judging.ts';
import { approval, task, vote, when } from '../parts/steps.ts';
import { city, head } from '../parts/who.ts';
import { appliesKey, CHOSEN, CORE, MARKS } from './marks.ts';
import { appraisalMark } from './score.ts';
import { appraised, appraiser } from './who.ts';

/**
 * The alarm at 85 % is the source's: in that share of all appraisals had one of the two top grades. So are the quotas of the proposal of
 * 2017, 60 %, and 70 % where the bureau did well. The bounds of the grades are examples.
 */
export const grades: GradeScheme = {
  grades: [
    { key: 'excellent', name: says('优异', 'Excellent'), atLeast: '4.5' },
    { key: 'veryGood', name: says('十分满意', 'Very satisfactory'), atLeast: '3.5' },
    { key: 'good', name: says('满意', 'Satisfactory'), atLeast: '2.5' },
    { key: 'fair', name: says('不大满意', 'Hardly satisfactory'), atLeast: '1.5' },
    { key: 'poor', name: says('不满意', 'Unsatisfactory') },
  ],
  round: { places: 1, mode: 'halfUp' },
  quotas: [
    {
      key: 'topTwo',
      grades: ['excellent', 'veryGood'],
      most: { share: '0.6', round: 'floor' },
      onApproval: { share: '0.7', round: 'floor' },
      ties: 'out',
    },
  ],
  alarm: { grades: ['excellent', 'veryGood'], share: '0.85' },
};

const markOf = (again = ''): Block => ({
  key: `finalMark${again}`,
  type: 'compute',
  name: says('总评分', 'Mark'),
  into: 'mark',
  rule: { kind: 'rule', rule: appraisalMark },
});

const judged: Judged = { rule: appraisalMark, graded: true };

const marks = MARKS.map(({ key }) => key);

/** 年度评核：自评、评核人评分、核实、认可、评级、声明异议。 */
export const evaluate: Phase = {
  name: says('工作表现评核', 'Appraisal'),
  window: { start: { date: '01-01', year: 'next' }, end: { date: '04-15', year: 'next' } },
  blocks: [
    task(
      'selfAppraisal',
      '被评核人自评',
      'The person appraises the own work',
      appraised,
      5,
      [longText('selfReport', '自我评核', 'Own appraisal', must)],
      { shows: ['workGoals', 'facts', 'interimAdvice'] },
    ),
    task(
      'appraise',
      '评核人评分',
      'The appraiser gives marks',
      appraiser,
      10,
      [
        ...MARKS,
        longText('appraisal', '总体评语', 'Opinion', must),
        table(
          'problems',
          '待改进事项',
          'What should improve',
          [text('problem', '事项', 'Matter', must), text('advice', '建议', 'Advice')],
          { maxRows: 10 },
        ),
      ],
      {
        help: says(
          '核心项目必须评分；适用的情境项目和职能项目也必须评分，不适用的不计入总评分。',
          'Every core indicator has a mark, and every other that applies; those that do not apply do not count.',
        ),
        shows: ['workGoals', 'facts', 'selfReport', ...CHOSEN.map(appliesKey)],
      },
    ),
    {
      key: 'marksComplete',
      type: 'gate',
      name: says('适用项目均已评分', 'Every indicator that applies has a mark'),
      requires: CHOSEN.map((one) => ({
        if: `${appliesKey(one)} = false or ${one.key} != null`,
        reason: says(`“${one.name.zh}”适用，但没有评分。`, `"${one.name.en}" applies, but has no mark.`),
      })),
      onFail: 'appraise',
    },
    markOf(),
    approval('marksSeen', '被评核人知悉', 'The person has seen the marks', 'head', 3, {
      shows: [...marks, 'appraisal', 'mark'],
      returnTo: 'appraise',
    }),
    ...judge(judged),
    {
      ...when(
        'implausible',
        '高评级占比异常',
        'Too many top grades',
        'grade.alarm != null',
        [
          task('alarmReport', '行政公职局核查评分是否虚高', 'The bureau looks into inflated marks', 'office', 5, [
            longText('alarmFindings', '核查情况', 'Findings', must),
          ]),
        ],
        ['分布正常', 'A plausible spread'],
      ),
      per: 'cycle',
    },
    vote('confirmGrades', '有权限实体认可', 'The competent entity confirms', city('approver'), 5, {
      per: 'cycle',
      shows: ['alarmFindings'],
      onReject: 'scoring',
    }),
    ...appeal({
      who: [head],
      review: [city('advisers')],
      recuse: ['appraise', 'confirmGrades'],
      days: { appeal: 5, decide: 10 },
      shows: ['totalScore', 'grade'],
      corrects: CORE.map(({ key }) => key),
      recompute: [markOf('Again')],
      again: judge(judged, 'Again'),
    }),
  ],
};
