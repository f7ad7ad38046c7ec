import type { Organisation } from './organisation.ts';
import { body, unit } from './write.ts';

const UNITS = [
  ['mh-jyj', '教育局', 'Education Bureau', 'service'],
  ['mh-wjw', '卫生健康委员会', 'Health Commission', 'service'],
  ['mh-mzj', '民政局', 'Civil Affairs Bureau', 'service'],
  ['mh-wlj', '文化和旅游局', 'Culture and Tourism Bureau', 'service'],
  ['mh-jsw', '建设和管理委员会', 'Construction Commission', 'building'],
  ['mh-lhj', '绿化和市容管理局', 'Parks Bureau', 'building'],
  ['mh-swj', '水务局', 'Water Bureau', 'building'],
  ['mh-sthj', '生态环境局', 'Environment Bureau', 'building'],
] as const;

export const minhang = (): Organisation => ({
  city: false,
  root: { code: 'mh', name: { zh: '上海市闵行区（示例）', en: 'Minhang District (example)' }, head: '区长' },
  bodies: [
    body('mh-czj', '区财政局绩效管理科', 'Performance section of the finance bureau', 'office', [
      'performanceOffice',
      '科员',
      4,
    ]),
    body('mh-dsf', '第三方评价机构', 'Third-party team', 'group', ['thirdParty', '评价专家', 5]),
    body('mh-rd', '区人大预算工委', "Budget committee of the people's congress", 'committee', ['congress', '委员', 3]),
    body('mh-fh', '评价复核组', 'Review group', 'group', ['reviewers', '复核员', 3]),
  ],
  units: [
    unit('mh-sj', '闵行区审计局', 'Audit Bureau', '局长'),
    ...UNITS.map(([code, zh, en]) => unit(code, `闵行区${zh}`, en, '主要负责人', { monitor: 'mh-sj' })),
  ],
  participants: UNITS.map(([code, , , category]) => ({ code, category })),
});
