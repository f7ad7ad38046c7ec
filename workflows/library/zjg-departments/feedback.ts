import type { Phase } from '../../template/schema.ts';
import { head, headLadder, office, officeLadder, REMIND_SHORT, staff } from './ladders.ts';

/** 绩效反馈：反馈函、签收、末两位诫勉谈话。 */
export const feedback: Phase = {
  name: { zh: '绩效反馈', en: 'Feedback' },
  window: { start: { date: '02-01', year: 'next' }, end: { date: '05-15', year: 'next' } },
  blocks: [
    {
      key: 'letter',
      type: 'notify',
      name: { zh: '发送绩效反馈函', en: 'Send the letter' },
      who: [head, staff],
      subject: {
        zh: '{{period.year}} 年度绩效反馈函',
        en: 'Your results of {{period.year}}',
      },
      body: {
        zh: '{{participant.name}}：本年度百分考评总分 {{totalScore}}，在本类别 {{standing.rankOf}} 个单位中列第 {{standing.rank}} 位。其中实绩 {{resultsScore}}，定性 {{leadersScore}}，基层评议 {{grassRootsScore}}，行风测评 {{surveyScore}}。请签收，并对存在问题及时整改。',
        en: '{{participant.name}}: your composite score is {{totalScore}}, rank {{standing.rank}} of {{standing.rankOf}} in your category. Results {{resultsScore}}, leaders {{leadersScore}}, grass roots {{grassRootsScore}}, conduct survey {{surveyScore}}. Please acknowledge and rectify what fell short.',
      },
    },
    {
      key: 'acknowledge',
      type: 'task',
      name: { zh: '签收反馈函', en: 'Acknowledge the letter' },
      who: [head],
      deadline: { from: 'opened', workingDays: 3 },
      remind: REMIND_SHORT,
      escalate: headLadder,
      shows: ['totalScore', 'resultsScore', 'leadersScore', 'grassRootsScore', 'surveyScore', 'problems'],
      fields: [
        {
          key: 'feedbackOpinion',
          type: 'longText',
          name: { zh: '单位意见', en: "The unit's opinion" },
          maxLength: 2000,
        },
      ],
    },
    {
      key: 'bottomTwo',
      type: 'branch',
      name: { zh: '末两位诫勉谈话', en: 'Admonition talk for the bottom two' },
      paths: [
        {
          key: 'admonished',
          name: { zh: '本类别末两位', en: 'Bottom two of the category' },
          if: 'standing.rank > standing.rankOf - 2',
          blocks: [
            {
              key: 'interview',
              type: 'task',
              name: { zh: '诫勉谈话', en: 'Admonition talk' },
              who: [office],
              deadline: { from: 'opened', workingDays: 5 },
              remind: REMIND_SHORT,
              escalate: officeLadder,
              shows: ['totalScore', 'problems'],
              fields: [
                { key: 'interviewDate', type: 'date', name: { zh: '谈话日期', en: 'Date' }, required: true },
                { key: 'interviewRecord', type: 'longText', name: { zh: '谈话记录', en: 'Record' }, required: true },
              ],
            },
            {
              key: 'interviewSigned',
              type: 'task',
              name: { zh: '被谈话人签字确认', en: 'The head signs the record' },
              who: [head],
              deadline: { from: 'opened', workingDays: 2 },
              remind: REMIND_SHORT,
              escalate: headLadder,
              shows: ['interviewDate', 'interviewRecord'],
              fields: [
                { key: 'interviewStatement', type: 'longText', name: { zh: '表态', en: 'Statement' }, maxLength: 2000 },
              ],
            },
          ],
        },
      ],
      otherwise: { key: 'notAdmonished', name: { zh: '其他单位', en: 'All others' }, blocks: [] },
    },
  ],
};
