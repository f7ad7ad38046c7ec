import type { Phase } from '../../template/schema.ts';
import { date, longText, must } from '../parts/fields.ts';
import { task, tell, when } from '../parts/steps.ts';

const SCORES = ['totalScore', 'resultsScore', 'leadersScore', 'grassRootsScore', 'surveyScore', 'problems'];

/** 绩效反馈：反馈函、签收、末两位诫勉谈话。 */
export const feedback: Phase = {
  name: { zh: '绩效反馈', en: 'Feedback' },
  window: { start: { date: '02-01', year: 'next' }, end: { date: '05-15', year: 'next' } },
  blocks: [
    tell(
      'letter',
      ['发送绩效反馈函', 'Send the letter'],
      ['{{period.year}} 年度绩效反馈函', 'Your results of {{period.year}}'],
      [
        '{{participant.name}}：本年度百分考评总分 {{totalScore}}，在本类别 {{standing.rankOf}} 个单位中列第 {{standing.rank}} 位。其中实绩 {{resultsScore}}，定性 {{leadersScore}}，基层评议 {{grassRootsScore}}，行风测评 {{surveyScore}}。请签收，并对存在问题及时整改。',
        '{{participant.name}}: your composite score is {{totalScore}}, rank {{standing.rank}} of {{standing.rankOf}} in your category. Results {{resultsScore}}, leaders {{leadersScore}}, grass roots {{grassRootsScore}}, conduct survey {{surveyScore}}. Please acknowledge and rectify what fell short.',
      ],
    ),
    task(
      'acknowledge',
      '签收反馈函',
      'Acknowledge the letter',
      'head',
      3,
      [longText('feedbackOpinion', '单位意见', "The unit's opinion", { maxLength: 2000 })],
      { shows: SCORES },
    ),
    when(
      'bottomTwo',
      '末两位诫勉谈话',
      'Admonition talk for the bottom two',
      'standing.rank > standing.rankOf - 2',
      [
        task(
          'interview',
          '诫勉谈话',
          'Admonition talk',
          'office',
          5,
          [date('interviewDate', '谈话日期', 'Date', must), longText('interviewRecord', '谈话记录', 'Record', must)],
          { shows: ['totalScore', 'problems'] },
        ),
        task(
          'interviewSigned',
          '被谈话人签字确认',
          'The head signs the record',
          'head',
          2,
          [longText('interviewStatement', '表态', 'Statement', { maxLength: 2000 })],
          { shows: ['interviewDate', 'interviewRecord'] },
        ),
      ],
      ['其他单位', 'All others'],
    ),
  ],
};
