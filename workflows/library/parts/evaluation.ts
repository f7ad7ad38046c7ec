import type { ApprovalBlock, Block, WindowBlock } from '../../template/block.ts';
import type { Field } from '../../template/field.ts';
import { files, longText, must, points, written } from './fields.ts';
import { officeLadder } from './ladders.ts';
import { approval, task, vote } from './steps.ts';
import { city } from './who.ts';

/** The unit evaluates itself, with a report that its head signs. */
export const selfEvaluation = (
  options: { days?: number; max?: string; shows?: string[]; fields?: Field[] } = {},
): Block[] => {
  const { days = 5, max = '100', shows = ['indicators', 'progressByPeriod'], fields = [] } = options;
  const own = [
    longText('selfReport', '自评报告', 'Report', must),
    points('selfScore', '自评得分', 'Own score', max),
    ...fields,
    files('selfEvidence', '佐证材料', 'Evidence'),
  ];
  return [
    task('selfEvaluation', '年度自评', 'Self-evaluation', 'staff', days, own, { shows }),
    approval('headSelfEvaluation', '单位主要负责人签批', 'The head signs the self-evaluation', 'head', 2, {
      shows: own.map(({ key }) => key),
      returnTo: 'selfEvaluation',
    }),
  ];
};

/** The office drafts the results of the whole cycle. */
export const draftResults = (): Block =>
  task(
    'draftResults',
    '绩效办拟定考评结果',
    'The office drafts the results',
    'office',
    3,
    [
      longText('resultsNote', '考评情况说明', 'Report on the results', written),
      files('resultsDocument', '附件', 'Documents', { maxFiles: 10 }),
    ],
    { per: 'cycle' },
  );

const RESULTS = ['resultsNote', 'resultsDocument'];

/** The committee votes on the drafted results. */
export const committeeReview = (zh = '绩效管理委员会审议', en = 'The committee votes'): ApprovalBlock =>
  vote('committeeReview', zh, en, city('committee'), 3, { per: 'cycle', shows: RESULTS, onReject: 'draftResults' });

/** Whoever stands above the committee approves the results, or returns them. */
export const finalApproval = (
  key: string,
  zh: string,
  en: string,
  role: string,
  rest: Partial<ApprovalBlock> = {},
): ApprovalBlock =>
  approval(key, zh, en, city(role), 5, {
    per: 'cycle',
    escalate: officeLadder,
    shows: RESULTS,
    returnTo: 'draftResults',
    ...rest,
  });

/** The results are public for so many working days. */
export const publicity = (workingDays = 5): WindowBlock => ({
  key: 'publicity',
  type: 'window',
  per: 'cycle',
  name: { zh: '考评结果公示', en: 'The results are public' },
  until: { from: 'opened', workingDays },
  notice: {
    zh: `现将年度考评结果予以公示，公示期 ${workingDays} 个工作日。`,
    en: `The results of the year are public for ${workingDays} working days.`,
  },
});
