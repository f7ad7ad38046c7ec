import type { Block } from '../../template/block.ts';
import type { Phase } from '../../template/schema.ts';
import { committeeReview, draftResults, finalApproval, publicity, selfEvaluation } from '../parts/evaluation.ts';
import { must, points, table, text } from '../parts/fields.ts';
import { type By, task } from '../parts/steps.ts';
import { city } from '../parts/who.ts';

const problems = table(
  'problems',
  '存在问题',
  'Problems found',
  [text('problem', '问题', 'Problem', must), text('advice', '改进建议', 'Advice')],
  { maxRows: 30 },
);

/** One of the four sides: a score of 100. */
const side = (
  key: string,
  zh: string,
  en: string,
  by: By,
  into: string,
  shows: string[],
  more = [] as (typeof problems)[],
) => ({
  key: `${key}Side`,
  name: { zh, en },
  blocks: [task(key, zh, en, by, 5, [points(into, '得分', 'Score', '100'), ...more], { shows })] as Block[],
});

const SELF = ['selfReport', 'selfScore', 'selfEvidence'];

/** 年终考核：自评、四方评分、加权、排名、审定、公示。60 / 20 / 10 / 10 and the four categories are the source's. */
export const evaluate: Phase = {
  name: { zh: '年终考核', en: 'Evaluation' },
  window: { start: { date: '01-01', year: 'next' }, end: { date: '04-15', year: 'next' } },
  blocks: [
    ...selfEvaluation(),
    {
      key: 'assessment',
      type: 'parallel',
      name: { zh: '多维评价', en: 'Assessment from four sides' },
      branches: [
        side(
          'scoreResults',
          '工作实绩（60%）',
          'Results (60 %)',
          'monitor',
          'resultsScore',
          ['indicators', 'progressByPeriod', ...SELF],
          [problems],
        ),
        side('scoreLeaders', '定性评价（20%）', 'Leaders (20 %)', city('leaders'), 'leadersScore', ['selfReport']),
        side('scoreGrassRoots', '基层评议（10%）', 'Grass roots (10 %)', city('grassRoots'), 'grassRootsScore', []),
        side('scoreSurvey', '行风测评（10%）', 'Conduct survey (10 %)', city('surveyTeam'), 'surveyScore', []),
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
    draftResults(),
    committeeReview('市绩效管理委员会审议'),
    finalApproval('standingApproval', '市委常委会审定', 'The standing committee approves', 'standingCommittee'),
    publicity(),
  ],
};
