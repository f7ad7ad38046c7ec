import type { Phase } from '../../template/schema.ts';
import type { Who } from '../../template/when.ts';
import {
  assessorLadder,
  head,
  headLadder,
  monitor,
  monitorLadder,
  office,
  officeLadder,
  REMIND,
  REMIND_SHORT,
  staff,
  unitLadder,
} from './ladders.ts';

const score = { type: 'decimal', required: true, places: 2, min: '0', max: '100' } as const;
const role = (name: string): Who => ({ kind: 'role', role: name });

/** 年终考核：自评、四方评分、加权、排名、审定、公示。60 / 20 / 10 / 10 and the four categories are the source's. */
export const evaluate: Phase = {
  name: { zh: '年终考核', en: 'Evaluation' },
  window: { start: { date: '01-01', year: 'next' }, end: { date: '04-15', year: 'next' } },
  blocks: [
    {
      key: 'selfEvaluation',
      type: 'task',
      name: { zh: '年度自评', en: 'Self-evaluation' },
      who: [staff],
      deadline: { from: 'opened', workingDays: 5 },
      remind: REMIND,
      escalate: unitLadder,
      shows: ['indicators', 'progressByQuarter'],
      fields: [
        { key: 'selfReport', type: 'longText', name: { zh: '自评报告', en: 'Report' }, required: true },
        { key: 'selfScore', name: { zh: '自评得分', en: 'Own score' }, ...score },
        { key: 'selfEvidence', type: 'files', name: { zh: '佐证材料', en: 'Evidence' }, maxFiles: 20 },
      ],
    },
    {
      key: 'headSelfEvaluation',
      type: 'approval',
      name: { zh: '单位主要负责人签批', en: 'The head signs the self-evaluation' },
      who: [head],
      deadline: { from: 'opened', workingDays: 2 },
      remind: REMIND_SHORT,
      escalate: headLadder,
      shows: ['selfReport', 'selfScore', 'selfEvidence'],
      returnTo: 'selfEvaluation',
    },
    {
      key: 'assessment',
      type: 'parallel',
      name: { zh: '多维评价', en: 'Assessment from four sides' },
      branches: [
        {
          key: 'results',
          name: { zh: '工作实绩（60%）', en: 'Results (60 %)' },
          blocks: [
            {
              key: 'scoreResults',
              type: 'task',
              name: { zh: '监测单位评定实绩', en: 'The monitoring unit scores the results' },
              who: [monitor],
              deadline: { from: 'opened', workingDays: 5 },
              remind: REMIND,
              escalate: monitorLadder,
              shows: ['indicators', 'progressByQuarter', 'selfReport', 'selfScore', 'selfEvidence'],
              fields: [
                { key: 'resultsScore', name: { zh: '实绩得分', en: 'Score of the results' }, ...score },
                {
                  key: 'problems',
                  type: 'table',
                  name: { zh: '存在问题', en: 'Problems found' },
                  maxRows: 30,
                  columns: [
                    {
                      key: 'problem',
                      type: 'text',
                      name: { zh: '问题', en: 'Problem' },
                      required: true,
                      maxLength: 500,
                    },
                    { key: 'advice', type: 'text', name: { zh: '改进建议', en: 'Advice' }, maxLength: 500 },
                  ],
                },
              ],
            },
          ],
        },
        {
          key: 'qualitative',
          name: { zh: '定性评价（20%）', en: 'Leaders (20 %)' },
          blocks: [
            {
              key: 'scoreLeaders',
              type: 'task',
              name: { zh: '市领导定性评价', en: 'The leaders assess' },
              who: [role('leaders')],
              deadline: { from: 'opened', workingDays: 5 },
              remind: REMIND,
              escalate: assessorLadder,
              shows: ['selfReport'],
              fields: [{ key: 'leadersScore', name: { zh: '定性得分', en: "Leaders' score" }, ...score }],
            },
          ],
        },
        {
          key: 'districts',
          name: { zh: '基层评议（10%）', en: 'Grass roots (10 %)' },
          blocks: [
            {
              key: 'scoreGrassRoots',
              type: 'task',
              name: { zh: '区镇基层评议', en: 'The grass roots of the districts assess' },
              who: [role('grassRoots')],
              deadline: { from: 'opened', workingDays: 5 },
              remind: REMIND,
              escalate: assessorLadder,
              fields: [{ key: 'grassRootsScore', name: { zh: '基层评议得分', en: "Grass roots' score" }, ...score }],
            },
          ],
        },
        {
          key: 'conduct',
          name: { zh: '行风测评（10%）', en: 'Conduct survey (10 %)' },
          blocks: [
            {
              key: 'scoreSurvey',
              type: 'task',
              name: { zh: '录入行风测评结果', en: 'Enter the result of the conduct survey' },
              who: [role('surveyTeam')],
              deadline: { from: 'opened', workingDays: 5 },
              remind: REMIND,
              escalate: assessorLadder,
              fields: [{ key: 'surveyScore', name: { zh: '行风测评得分', en: 'Survey score' }, ...score }],
            },
          ],
        },
      ],
    },
    {
      key: 'composite',
      type: 'compute',
      name: { zh: '百分考评总分', en: 'Composite score' },
      into: 'totalScore',
      rule: {
        kind: 'weighted',
        parts: [
          { value: 'resultsScore', weight: '0.6' },
          { value: 'leadersScore', weight: '0.2' },
          { value: 'grassRootsScore', weight: '0.1' },
          { value: 'surveyScore', weight: '0.1' },
        ],
        round: { places: 2, mode: 'halfUp' },
      },
    },
    {
      key: 'ranking',
      type: 'compute',
      per: 'cycle',
      name: { zh: '分类排名', en: 'Rank in each category' },
      into: 'standing',
      rule: { kind: 'rank', by: 'totalScore', direction: 'up' },
    },
    {
      key: 'draftResults',
      type: 'task',
      per: 'cycle',
      name: { zh: '市绩效办拟定考评结果', en: 'The office drafts the results' },
      who: [office],
      deadline: { from: 'opened', workingDays: 3 },
      remind: REMIND_SHORT,
      escalate: officeLadder,
      fields: [
        {
          key: 'resultsNote',
          type: 'longText',
          name: { zh: '考评情况说明', en: 'Report on the results' },
          required: true,
        },
        { key: 'resultsDocument', type: 'files', name: { zh: '附件', en: 'Documents' }, maxFiles: 10 },
      ],
    },
    {
      key: 'committeeReview',
      type: 'approval',
      per: 'cycle',
      name: { zh: '市绩效管理委员会审议', en: 'The committee votes' },
      who: [role('committee')],
      mode: 'vote',
      vote: { quorum: '0.67', pass: '0.5' },
      deadline: { from: 'opened', workingDays: 3 },
      remind: REMIND_SHORT,
      escalate: officeLadder,
      shows: ['resultsNote', 'resultsDocument'],
      onReject: 'draftResults',
    },
    {
      key: 'standingApproval',
      type: 'approval',
      per: 'cycle',
      name: { zh: '市委常委会审定', en: 'The standing committee approves' },
      who: [role('standingCommittee')],
      mode: 'any',
      deadline: { from: 'opened', workingDays: 5 },
      remind: REMIND,
      escalate: officeLadder,
      shows: ['resultsNote', 'resultsDocument'],
      returnTo: 'draftResults',
    },
    {
      key: 'publicity',
      type: 'window',
      per: 'cycle',
      name: { zh: '考评结果公示', en: 'The results are public' },
      until: { from: 'opened', workingDays: 5 },
      notice: {
        zh: '现将年度市级机关百分考评结果予以公示，公示期 5 个工作日。',
        en: 'The results of the departments are public for 5 working days.',
      },
    },
  ],
};
