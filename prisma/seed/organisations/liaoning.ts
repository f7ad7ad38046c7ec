import type { Organisation } from './organisation.ts';
import { body, unit } from './write.ts';

const PROJECTS = [
  ['ln-edu', '教育厅', 'Education', 'livelihood'],
  ['ln-health', '卫生健康委员会', 'Health Commission', 'livelihood'],
  ['ln-civil', '民政厅', 'Civil Affairs', 'livelihood'],
  ['ln-culture', '文化和旅游厅', 'Culture and Tourism', 'livelihood'],
  ['ln-industry', '工业和信息化厅', 'Industry', 'development'],
  ['ln-transport', '交通运输厅', 'Transport', 'development'],
  ['ln-agri', '农业农村厅', 'Agriculture', 'development'],
  ['ln-water', '水利厅', 'Water Resources', 'development'],
] as const;

/** A province: its finance department with an evaluation division, and the departments that apply for money. */
export const liaoning = (): Organisation => ({
  city: false,
  root: { code: 'ln', name: { zh: '辽宁省（示例）', en: 'Liaoning (example)' }, head: '省长' },
  bodies: [
    body('ln-pj', '财政厅预算绩效管理处', 'Performance division of the finance department', 'office', [
      'performanceOffice',
      '处员',
      4,
    ]),
    body('ln-zj', '预算绩效评审专家组', 'Panel of experts', 'group', ['panel', '评审专家', 5]),
    body('ln-dz', '财政厅党组', 'Leading group of the finance department', 'committee', ['leaders', '厅领导', 3]),
    body('ln-fh', '绩效评价复核组', 'Review group', 'group', ['reviewers', '复核员', 3]),
  ],
  units: [
    unit('ln-cz', '财政厅部门预算处', 'Budget division of the finance department', '处长'),
    ...PROJECTS.map(([code, zh, en]) => unit(code, `辽宁省${zh}`, `${en} Department`, '厅长', { monitor: 'ln-cz' })),
  ],
  participants: PROJECTS.map(([code, , , category]) => ({ code, category })),
});
