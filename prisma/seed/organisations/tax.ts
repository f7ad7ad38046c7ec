import type { Organisation } from './organisation.ts';
import { body, unit } from './write.ts';

/** Bureau under bureau: code, names, the one above, level. Each is monitored by the one above it. */
const BUREAUX = [
  ['tax-j', '江苏省税务局', 'Jiangsu Provincial Tax Bureau', 'tax-hq', 'provincial'],
  ['tax-s', '山东省税务局', 'Shandong Provincial Tax Bureau', 'tax-hq', 'provincial'],
  ['tax-j1', '南京市税务局', 'Nanjing Tax Bureau', 'tax-j', 'municipal'],
  ['tax-j2', '苏州市税务局', 'Suzhou Tax Bureau', 'tax-j', 'municipal'],
  ['tax-s1', '济南市税务局', 'Jinan Tax Bureau', 'tax-s', 'municipal'],
  ['tax-s2', '青岛市税务局', 'Qingdao Tax Bureau', 'tax-s', 'municipal'],
  ['tax-j11', '玄武区税务局', 'Xuanwu Tax Bureau', 'tax-j1', 'county'],
  ['tax-j12', '江宁区税务局', 'Jiangning Tax Bureau', 'tax-j1', 'county'],
  ['tax-j21', '张家港市税务局', 'Zhangjiagang Tax Bureau', 'tax-j2', 'county'],
  ['tax-s11', '历下区税务局', 'Lixia Tax Bureau', 'tax-s1', 'county'],
  ['tax-s21', '崂山区税务局', 'Laoshan Tax Bureau', 'tax-s2', 'county'],
] as const;

export const tax = (): Organisation => ({
  city: false,
  root: {
    code: 'tax',
    name: { zh: '国家税务总局（示例）', en: 'State Taxation Administration (example)' },
    head: '局长',
  },
  bodies: [
    body('tax-kp', '总局考核考评司', 'Appraisal department of the central office', 'office', [
      'performanceOffice',
      '处员',
      4,
    ]),
    body('tax-dz', '总局绩效管理领导小组', 'Leading group', 'committee', ['committee', '成员', 5]),
    body('tax-fh', '绩效复核组', 'Review group', 'group', ['reviewers', '复核员', 3]),
  ],
  units: [
    unit('tax-hq', '总局征管和科技发展司', 'Collection department of the central office', '司长'),
    ...BUREAUX.map(([code, zh, en, above]) => unit(code, zh, en, '局长', { parent: above, monitor: above })),
  ],
  participants: BUREAUX.map(([code, , , , category]) => ({ code, category })),
});
