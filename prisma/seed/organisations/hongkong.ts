import type { Organisation } from './organisation.ts';
import { body, unit } from './write.ts';

/** The lead bureau of each cluster of policy areas. */
const BUREAUX = [
  ['hk-itib', '创新科技及工业局', 'Innovation, Technology and Industry Bureau', 'economy'],
  ['hk-hb', '房屋局', 'Housing Bureau', 'land'],
  ['hk-tlb', '运输及物流局', 'Transport and Logistics Bureau', 'transport'],
  ['hk-hhb', '医务卫生局', 'Health Bureau', 'health'],
  ['hk-edb', '教育局', 'Education Bureau', 'education'],
  ['hk-sb', '保安局', 'Security Bureau', 'security'],
] as const;

export const hongkong = (): Organisation => ({
  city: false,
  root: {
    code: 'hk',
    name: { zh: '香港特别行政区政府（示例）', en: 'Government of Hong Kong (example)' },
    head: '行政长官',
  },
  bodies: [
    body('hk-cso', '政务司司长办公室', "Chief Secretary's Office", 'office', ['performanceOffice', '政务主任', 4]),
    body('hk-legco', '立法会', 'Legislative Council', 'committee', ['legislature', '议员', 5]),
  ],
  units: BUREAUX.map(([code, zh, en]) => unit(code, zh, en, '局长')),
  participants: BUREAUX.map(([code, , , category]) => ({ code, category })),
});
