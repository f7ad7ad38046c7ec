import type { Organisation } from './organisation.ts';
import { body, unit } from './write.ts';

const UNITS = [
  ['sz-fgw', '发展和改革委员会', 'Development and Reform Commission', 'bureau'],
  ['sz-gxj', '工业和信息化局', 'Industry Bureau', 'bureau'],
  ['sz-ghj', '规划和自然资源局', 'Planning Bureau', 'bureau'],
  ['sz-jyj', '教育局', 'Education Bureau', 'bureau'],
  ['sz-wjw', '卫生健康委员会', 'Health Commission', 'bureau'],
  ['sz-jtj', '交通运输局', 'Transport Bureau', 'bureau'],
  ['sz-ft', '福田区人民政府', 'Futian District', 'district'],
  ['sz-lh', '罗湖区人民政府', 'Luohu District', 'district'],
  ['sz-ns', '南山区人民政府', 'Nanshan District', 'district'],
  ['sz-ba', '宝安区人民政府', "Bao'an District", 'district'],
] as const;

export const shenzhen = (): Organisation => ({
  city: false,
  root: { code: 'sz', name: { zh: '深圳市（示例）', en: 'Shenzhen (example)' }, head: '市长' },
  bodies: [
    body('sz-jxb', '市政府绩效管理办公室', 'Performance Office', 'office', ['performanceOffice', '工作人员', 4]),
    body('sz-jxw', '市政府绩效管理委员会', 'Performance Committee', 'committee', ['committee', '委员', 5]),
    body('sz-ld', '市政府领导', 'City leaders', 'group', ['leaders', '副市长', 5]),
    body('sz-fh', '绩效评估复核组', 'Review group', 'group', ['reviewers', '复核员', 3]),
  ],
  units: [
    unit('sz-tjj', '深圳市统计局', 'Statistics Bureau', '局长'),
    ...UNITS.map(([code, zh, en]) =>
      unit(code, `深圳市${zh}`, en, zh.endsWith('政府') ? '区长' : '主要负责人', {
        monitor: 'sz-tjj',
        sections: [
          { name: { zh: '办公室', en: 'General office' }, title: '主任' },
          { name: { zh: '业务处', en: 'Operations' }, title: '处长' },
        ],
      }),
    ),
  ],
  participants: UNITS.map(([code, , , category]) => ({ code, category })),
});
