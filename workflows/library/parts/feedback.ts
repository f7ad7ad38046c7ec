import type { Block } from '../../template/block.ts';
import type { Rung, Who } from '../../template/when.ts';
import { headLadder, officeLadder, REMIND_SHORT } from './ladders.ts';

/** What the feedback's blocks are made from. */
export interface Feedback {
  /** Who acknowledges the letter and signs for the unit. */
  head: Who[];
  /** Who else in the unit is told. */
  tell?: Who[];
  /** Who holds the interview and signs for the office. */
  office: Who[];
  /** Whom the office talks to: FEEL over the unit's results, such as `list contains(uses, "talk")`. Nobody without it. */
  interviewIf?: string;
  /** What such a talk is called: 绩效面谈 by default, 诫勉谈话 for one that admonishes. */
  interviewName?: { zh: string; en: string };
  /** Values that both sides look at. */
  shows?: string[];
  /** Working days to acknowledge, to say when the talk is, to hold it, and to sign its record. */
  days?: { acknowledge: number; schedule: number; interview: number; sign: number };
  ladders?: { head?: Rung[]; office?: Rung[] };
}

const DAYS = { acknowledge: 3, schedule: 2, interview: 10, sign: 3 };

/**
 * 绩效反馈与面谈. The letter is written from the unit's scores (block `letter`) and must be acknowledged; where the rule says so, the
 * office makes an appointment, talks and writes the record, which whoever held the talk signs, and then the head, or sends it back
 * with a reason.
 */
export function feedback({
  head,
  tell = [],
  office,
  interviewIf,
  interviewName = { zh: '绩效面谈', en: 'Interview' },
  shows = [],
  days = DAYS,
  ladders = {},
}: Feedback): Block[] {
  const ofHead = { remind: REMIND_SHORT, escalate: ladders.head ?? headLadder };
  const ofOffice = { remind: REMIND_SHORT, escalate: ladders.office ?? officeLadder };
  const shown = shows.length > 0 && { shows };
  const record = ['interviewDate', 'interviewPlace', 'interviewBy', 'interviewRecord', 'interviewAgreed'];
  const blocks: Block[] = [
    {
      key: 'letter',
      type: 'compute',
      name: { zh: '生成绩效反馈函', en: 'Write the feedback letter' },
      into: 'feedbackLetter',
      rule: { kind: 'letter' },
    },
    {
      key: 'letterSent',
      type: 'notify',
      name: { zh: '送达绩效反馈函', en: 'Send the letter' },
      who: [...head, ...tell],
      subject: { zh: '{{period.year}} 年度绩效反馈函', en: 'Your results of {{period.year}}' },
      body: {
        zh: '{{participant.name}}：{{period.year}} 年度绩效反馈函已送达，请阅读并签收，对存在问题及时整改。',
        en: '{{participant.name}}: your feedback letter of {{period.year}} is here. Please read and acknowledge it, and rectify what fell short.',
      },
    },
    {
      key: 'acknowledge',
      type: 'task',
      name: { zh: '签收绩效反馈函', en: 'Acknowledge the letter' },
      who: head,
      deadline: { from: 'opened', workingDays: days.acknowledge },
      ...ofHead,
      ...shown,
      fields: [
        {
          key: 'feedbackOpinion',
          type: 'longText',
          name: { zh: '单位意见', en: "The unit's opinion" },
          maxLength: 2000,
        },
      ],
    },
  ];
  if (interviewIf === undefined) return blocks;
  return [
    ...blocks,
    {
      key: 'interviewNeeded',
      type: 'branch',
      name: { zh: `是否${interviewName.zh}`, en: 'Is a talk needed?' },
      paths: [
        {
          key: 'interviewYes',
          name: interviewName,
          if: interviewIf,
          blocks: [
            {
              key: 'interviewPlan',
              type: 'task',
              name: { zh: `约定${interviewName.zh}`, en: `${interviewName.en}: make an appointment` },
              who: office,
              deadline: { from: 'opened', workingDays: days.schedule },
              ...ofOffice,
              ...shown,
              fields: [
                { key: 'interviewDate', type: 'date', name: { zh: '约定日期', en: 'Date' }, required: true },
                {
                  key: 'interviewPlace',
                  type: 'text',
                  name: { zh: '地点', en: 'Place' },
                  required: true,
                  maxLength: 200,
                },
                {
                  key: 'interviewBy',
                  type: 'person',
                  name: { zh: '谈话人', en: 'Who talks to the unit' },
                  required: true,
                },
              ],
            },
            {
              key: 'interviewTold',
              type: 'notify',
              name: { zh: `通知${interviewName.zh}`, en: `${interviewName.en}: the unit is told` },
              who: head,
              subject: { zh: `${interviewName.zh}通知`, en: `${interviewName.en}: appointment` },
              body: {
                zh: `{{participant.name}}：请于 {{interviewDate}} 在 {{interviewPlace}} 参加${interviewName.zh}。`,
                en: '{{participant.name}}: please come to {{interviewPlace}} on {{interviewDate}} for a talk about your results.',
              },
            },
            {
              key: 'interview',
              type: 'task',
              name: interviewName,
              who: office,
              deadline: { from: 'opened', workingDays: days.interview },
              ...ofOffice,
              shows: [...shows, 'interviewPlace', 'interviewBy', 'feedbackOpinion'],
              access: { interviewDate: 'required' },
              fields: [
                {
                  key: 'interviewRecord',
                  type: 'longText',
                  name: { zh: '谈话记录', en: 'Record' },
                  required: true,
                  maxLength: 10000,
                },
                {
                  key: 'interviewAgreed',
                  type: 'longText',
                  name: { zh: '商定的改进事项', en: 'What was agreed' },
                  maxLength: 5000,
                },
              ],
            },
            {
              key: 'interviewOfficeSigned',
              type: 'approval',
              name: { zh: '谈话人签字', en: 'Who held the talk signs the record' },
              who: [{ kind: 'field', field: 'interviewBy' }],
              deadline: { from: 'opened', workingDays: days.sign },
              ...ofOffice,
              shows: record,
              returnTo: 'interview',
            },
            {
              key: 'interviewSigned',
              type: 'approval',
              name: { zh: '被谈话人签字确认', en: 'The head signs the record' },
              help: {
                zh: '确认记录属实即签字；有出入的，写明理由退回更正。',
                en: 'Sign if the record is true; else send it back and say what is not.',
              },
              who: head,
              deadline: { from: 'opened', workingDays: days.sign },
              ...ofHead,
              shows: record,
              returnTo: 'interview',
              fields: [
                { key: 'interviewStatement', type: 'longText', name: { zh: '表态', en: 'Statement' }, maxLength: 2000 },
              ],
            },
          ],
        },
      ],
      otherwise: { key: 'interviewNo', name: { zh: '无需谈话', en: 'No talk' }, blocks: [] },
    },
  ];
}
