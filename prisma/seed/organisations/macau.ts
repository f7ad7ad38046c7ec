import type { Organisation } from './organisation.ts';
import { body, unit } from './write.ts';

const BUREAUX = [
  ['mo-dsf', '财政局', 'Financial Services Bureau'],
  ['mo-iam', '市政署', 'Municipal Affairs Bureau'],
] as const;
const POSTS = [
  ['chief', '处长', 'Chief of division', 'management'],
  ['senior', '高级技术员', 'Senior officer', 'technical'],
  ['officer', '技术员', 'Officer', 'technical'],
  ['counter', '服务柜台技术辅导员', 'Counter officer', 'frontline'],
  ['inspector', '稽查员', 'Inspector', 'frontline'],
] as const;

/** Two bureaux with the people in their posts: each person takes part, and whoever leads the bureau appraises. */
export const macau = (): Organisation => ({
  city: false,
  root: { code: 'mo', name: { zh: '澳门特别行政区（示例）', en: 'Macau (example)' }, head: '行政法务司司长' },
  bodies: [
    body('mo-safp', '行政公职局', 'Public Administration Bureau', 'office', ['performanceOffice', '高级技术员', 4]),
    body('mo-auth', '有认可权限的实体', 'Entity that confirms appraisals', 'committee', ['approver', '成员', 3]),
    body('mo-cc', '评核咨询委员会', 'Advisory committee on appraisals', 'committee', ['advisers', '委员', 3]),
  ],
  units: BUREAUX.flatMap(([code, zh, en]) => [
    unit(code, zh, en, '局长'),
    ...POSTS.map(([post, title, name]) =>
      unit(`${code}-${post}`, title, name, title, { kind: 'person', parent: code, monitor: code }),
    ),
  ]),
  participants: BUREAUX.flatMap(([code]) =>
    POSTS.map(([post, , , category]) => ({ code: `${code}-${post}`, category })),
  ),
});
