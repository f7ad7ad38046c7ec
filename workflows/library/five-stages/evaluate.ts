import type { Phase } from '../../template/schema.ts';
import { draftResults, finalApproval, selfEvaluation } from '../parts/evaluation.ts';
import { longText, must, says, table, text } from '../parts/fields.ts';
import { judge } from '../parts/judging.ts';
import { approval, task } from '../parts/steps.ts';
import { judged } from './score.ts';

/** 第三步：评价和分析。The analysis asks for causes, not for ranks. */
export const evaluate: Phase = {
  name: says('三、评价和分析', '3 Evaluation and analysis'),
  window: { start: { date: '01-01', year: 'next' }, end: { date: '04-15', year: 'next' } },
  blocks: [
    ...selfEvaluation({}),
    ...judge(judged),
    task(
      'analysis',
      '监测单位分析差距和原因',
      'The monitoring unit analyses gaps and causes',
      'monitor',
      10,
      [
        table(
          'problems',
          '差距和原因',
          'Gaps and causes',
          [
            text('problem', '差距', 'Gap', must),
            text('cause', '原因', 'Cause', must),
            text('advice', '建议', 'Advice', must),
          ],
          { maxRows: 30 },
        ),
        longText('analysisReport', '分析报告', 'Analysis', must),
      ],
      { shows: ['selfReport', 'progressByPeriod', 'totalScore'] },
    ),
    approval('headAnalysis', '单位确认分析结论', 'The unit agrees with the analysis', 'head', 3, {
      shows: ['problems', 'analysisReport'],
      returnTo: 'analysis',
    }),
    draftResults(),
    finalApproval('leadersApprove', '领导审定评价报告', 'The leaders approve the report', 'leaders'),
  ],
};
