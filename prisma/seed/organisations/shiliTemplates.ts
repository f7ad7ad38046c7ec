import type { Body, Organisation } from './organisation.ts';
import { departments, districts, inShili } from './shili.ts';

/** A body with its holders: role, title, people. */
const body = (
  code: string,
  zh: string,
  en: string,
  kind: Body['kind'],
  ...holds: [role: string, title: string, people: number][]
): Body => ({ code, name: { zh, en }, kind, holds: holds.map(([role, title, people]) => ({ role, title, people })) });

const reviewers = (prefix: string) =>
  body(`${prefix}-review`, `绩效复核组（${prefix}）`, `Review group (${prefix})`, 'group', ['reviewers', '复核员', 3]);
const thirdParty = (prefix: string) =>
  body(`${prefix}-third`, `示例绩效评估中心（${prefix}）`, `Evaluation centre (${prefix})`, 'group', [
    'thirdParty',
    '评估师',
    3,
  ]);

export const zjgDepartments = (): Organisation => inShili(departments(), { bodies: [reviewers('zjg')] });

export const zjgDistricts = (): Organisation => inShili(districts('district'), { bodies: [reviewers('qz')] });

/** Units of construction: those that carry the key task. */
const CONSTRUCTION = ['zjj', 'zgj', 'jtj', 'slj', 'hbj'];

export const tCity = (): Organisation =>
  inShili(
    [
      ...CONSTRUCTION.map((code) => ({ code, category: 'construction' })),
      ...departments((own) => (own === 'society' ? 'livelihood' : 'development')).filter(
        ({ code }) => !CONSTRUCTION.includes(code),
      ),
    ],
    {
      bodies: [
        reviewers('tc'),
        thirdParty('tc'),
        body('tc-group', '示例市绩效管理领导小组', 'Leading group', 'committee', ['leadingGroup', '成员', 3]),
      ],
      also: [{ role: 'workingGroup', who: 'staff1' }],
    },
  );

export const zjjFiveLinks = (): Organisation =>
  inShili(
    departments((own) => (own === 'general' ? 'party' : 'government')),
    { bodies: [reviewers('zjjx')] },
  );

/** Courts and procuratorates are scored outside the ranking. */
const OUTSIDE = /法院|检察院/;

export const hangzhou = (): Organisation =>
  inShili(
    departments((own, name) =>
      OUTSIDE.test(name) ? 'outside' : own === 'general' || own === 'economy' ? 'general' : 'service',
    ),
    {
      bodies: [
        reviewers('hz'),
        body(
          'hz-raters',
          '社会评价代表库',
          'Raters of the society',
          'group',
          ['delegates', '代表委员', 4],
          ['enterprises', '企业代表', 4],
          ['residents', '市民代表', 6],
        ),
        body('hz-special', '专项目标牵头办公室', 'Office that leads the special goals', 'office', [
          'specialLeads',
          '专项考核员',
          2,
        ]),
      ],
    },
  );

export const qingdao = (): Organisation =>
  inShili(
    departments((own) => (own === 'economy' || own === 'society' ? 'project' : 'department')),
    {
      bodies: [reviewers('qd'), thirdParty('qd')],
    },
  );
