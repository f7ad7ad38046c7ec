import type { Phase } from '../../template/schema.ts';
import { files, longText, must, says } from '../parts/fields.ts';
import { enterMustCheck, mustCheckTable } from '../parts/plan.ts';
import { approval, task, tell } from '../parts/steps.ts';
import { applies, appliesKey, CHOSEN } from './marks.ts';
import { appraised, appraiser } from './who.ts';

const agreement = ['workGoals', 'mustCheck', ...CHOSEN.map(appliesKey)];

/** 评核会议：评核人与被评核人商定工作目标和适用的评核项目。 */
export const plan: Phase = {
  name: says('商定目标和评核项目', 'Agreeing on goals and indicators'),
  window: { start: { from: 'periodStart' }, end: { date: '03-31' } },
  blocks: [
    task(
      'issueRules',
      '行政公职局印发评核指引',
      'The civil service bureau issues the guide',
      'office',
      5,
      [longText('guide', '评核指引', 'Guide', must), files('guideDocument', '文件', 'Document', { maxFiles: 5 })],
      { per: 'cycle' },
    ),
    task(
      'proposeGoals',
      '被评核人提出工作目标',
      'The person proposes goals',
      appraised,
      5,
      [longText('workGoals', '本年度工作目标', 'Goals of the year', must), mustCheckTable()],
      { shows: ['guide'] },
    ),
    task(
      'agreeIndicators',
      '评核人确定适用的评核项目',
      'The appraiser says which indicators apply',
      appraiser,
      5,
      CHOSEN.map(applies),
      {
        help: says(
          '核心项目适用于所有岗位；情境项目视岗位情况适用；职能项目按岗位选定。',
          'Core indicators apply to all posts, situational ones where the post meets the situation, functional ones as the post needs.',
        ),
        access: { workGoals: 'required' },
        shows: ['mustCheck'],
      },
    ),
    approval('acceptAgreement', '被评核人确认', 'The person agrees', 'head', 3, {
      shows: agreement,
      returnTo: 'agreeIndicators',
    }),
    enterMustCheck(),
    tell(
      'agreed',
      ['通知被评核人', 'Tell the person'],
      [
        '{{period.year}} 年工作表现评核：目标和项目已确定',
        'Appraisal of {{period.year}}: goals and indicators are agreed',
      ],
      [
        '{{participant.name}}：本年度工作目标为：{{workGoals}}',
        '{{participant.name}}: your goals of the year are: {{workGoals}}',
      ],
      { who: [{ kind: 'head' }] },
    ),
  ],
};
