import type { Indicator, IndicatorsSection } from '../../indicators/schema.ts';
import type { Text } from '../../text.ts';
import { targetChange } from '../parts/change.ts';
import { says } from '../parts/fields.ts';

/** Six clusters of policy areas; each indicator belongs to the bureaux of one cluster. */
export const CLUSTERS = {
  economy: ['财经与创科', 'Finance and technology'],
  land: ['土地与房屋', 'Land and housing'],
  transport: ['运输与物流', 'Transport and logistics'],
  health: ['医务与福利', 'Health and welfare'],
  education: ['教育、文化与青年', 'Education, culture and youth'],
  security: ['保安与环境', 'Security and environment'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;
type Cluster = keyof typeof CLUSTERS;

/** The joint owner of a cluster's first indicator in each area: a bureau of another cluster. An example, as the names are. */
const JOINT_OWNERS: Record<Cluster, string> = {
  economy: 'hk-edb',
  land: 'hk-tlb',
  transport: 'hk-hb',
  health: 'hk-sb',
  education: 'hk-itib',
  security: 'hk-hhb',
};

/** Who counts what is done online, where another bureau does it alone. An example. */
const DIGITAL_OWNERS: Partial<Record<Cluster, string>> = { land: 'hk-itib' };

/** The 23 policy areas, four to a cluster but three in the last. */
const AREAS: readonly (readonly [cluster: Cluster, zh: string, en: string])[] = [
  ['economy', '创科企业落户', 'Technology firms settling'],
  ['economy', '公司注册', 'Company registration'],
  ['economy', '人才入境', 'Admission of talent'],
  ['economy', '旅游推广', 'Tourism promotion'],
  ['land', '公营房屋编配', 'Allocation of public housing'],
  ['land', '简约公屋', 'Light public housing'],
  ['land', '土地平整', 'Land formation'],
  ['land', '旧区重建', 'Urban renewal'],
  ['transport', '跨境客运', 'Cross-boundary passengers'],
  ['transport', '道路改善', 'Road improvement'],
  ['transport', '公共交通', 'Public transport'],
  ['transport', '港口货运', 'Port cargo'],
  ['health', '专科门诊', 'Specialist clinics'],
  ['health', '地区康健', 'District health centres'],
  ['health', '安老院舍', 'Residential care for the elderly'],
  ['health', '幼儿照顾', 'Child care'],
  ['education', '校本支援', 'Support in schools'],
  ['education', '职业训练', 'Vocational training'],
  ['education', '青年发展', 'Youth development'],
  ['education', '文化设施', 'Cultural venues'],
  ['security', '出入境服务', 'Immigration services'],
  ['security', '消防安全', 'Fire safety'],
  ['security', '废物减量', 'Waste reduction'],
];

interface Result extends Text, Required<Pick<Indicator, 'unit' | 'direction' | 'target'>> {
  digital?: boolean;
}

/** What is measured in each area. */
const RESULTS: readonly Result[] = [
  { zh: '承诺时限内完成率', en: 'done within the pledge', unit: '%', direction: 'up', target: '95' },
  { zh: '服务量', en: 'people or cases served', unit: '千宗', direction: 'up', target: '80' },
  { zh: '平均轮候时间', en: 'average waiting time', unit: '日', direction: 'down', target: '30' },
  { zh: '服务使用者满意度', en: 'satisfaction of users', unit: '%', direction: 'up', target: '85' },
  { zh: '网上办理比率', en: 'done online', unit: '%', direction: 'up', target: '70', digital: true },
  { zh: '投诉宗数', en: 'complaints', unit: '宗', direction: 'down', target: '50' },
];

/** 138 result indicators: the number is the source's, names and targets are examples. */
const list: Indicator[] = AREAS.flatMap(([cluster, areaZh, areaEn], area) =>
  RESULTS.map(({ zh, en, unit, direction, target, digital = false }, result) => ({
    code: `KPI${String(area * RESULTS.length + result + 1).padStart(3, '0')}`,
    name: says(`${areaZh}：${zh}`, `${areaEn}: ${en}`),
    kind: 'common',
    categories: [cluster],
    unit,
    direction,
    target,
    frequency: 'quarter',
    ...(result === 0 && { jointOwners: [JOINT_OWNERS[cluster]] }),
    ...(digital && DIGITAL_OWNERS[cluster] && { owner: DIGITAL_OWNERS[cluster] }),
  })),
);

export const indicators: IndicatorsSection = { total: '100', list, frequency: 'quarter', change: targetChange() };
