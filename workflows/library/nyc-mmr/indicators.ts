import type { Direction, Indicator, IndicatorsSection } from '../../indicators/schema.ts';
import { targetChange } from '../parts/change.ts';
import { indicator } from '../parts/indicators.ts';

/**
 * Critical indicators of ten agencies, with direction and this year's target, from the Mayor's Management Report
 * (NYCComptroller/agency-performance-staff-vacancies, MIT). Other agencies name theirs in their plan.
 */
const CRITICAL: readonly (readonly [
  agency: string,
  code: string,
  zh: string,
  en: string,
  unit: string,
  target: string,
  direction?: Direction,
])[] = [
  [
    'dob',
    '119',
    '新建筑图纸首次审查平均天数',
    'Average days to complete first plan review (borough offices), new buildings',
    'days',
    '12',
    'down',
  ],
  ['dob', '138', '完成施工检查次数', 'Construction inspections completed', 'inspections', '140000'],
  [
    'dob',
    '5510',
    '紧急投诉平均响应天数',
    'Average time to respond to priority A (emergency) complaints',
    'days',
    '1',
    'down',
  ],
  [
    'dep',
    '875',
    '自来水大肠菌群达标率',
    'In-city samples meeting water quality standards for coliform bacteria',
    '%',
    '100',
  ],
  ['dep', '886', '损坏停用消防栓比例', 'Broken and inoperative hydrants', '%', '1', 'down'],
  ['dep', '890', '下水道堵塞处理时间', 'Sewer backup resolution time', 'hours', '7', 'down'],
  ['dsny', '940', '街道清洁合格率', 'Streets rated acceptably clean', '%', '92'],
  ['dsny', '1066', '人行道清洁合格率', 'Sidewalks rated acceptably clean', '%', '97'],
  ['dsny', '1254', '每班次回收吨数', 'Recycling tons per truck-shift', 'tons', '6.2'],
  [
    'fdny',
    '2463',
    '危及生命急救综合平均响应时间',
    'Combined average response time to life-threatening medical emergencies',
    'minutes',
    '6',
    'down',
  ],
  ['fdny', '2491', '建筑火灾平均响应时间', 'Average response time to structural fires', 'minutes', '4.14', 'down'],
  ['parks', '1668', '公园总体状况合格率', 'Acceptability rating for the overall condition of parks', '%', '85'],
  ['parks', '1669', '公园清洁合格率', 'Acceptability rating for the cleanliness of parks', '%', '90'],
  ['dot', '2903', '路面坑洞修补平均天数', 'Average time to close a pothole work order', 'days', '5', 'down'],
  ['dot', '2951', '史泰登岛渡轮准点率', 'Staten Island Ferry trips that are on time', '%', '90'],
  ['hra', '4116', '食品补助申请按时办结率', 'SNAP application timeliness rate', '%', '90.6'],
  [
    'hra',
    '4043',
    '三个工作日内上门探访率',
    'Individuals referred to an APS field office visited within three working days',
    '%',
    '85',
  ],
  [
    'dhs',
    '1834',
    '单身成人一年内重返收容比例',
    'Single adults who returned to the shelter system within one year',
    '%',
    '20',
    'down',
  ],
  [
    'dhs',
    '4403',
    '有子女家庭一年内重返收容比例',
    'Families with children who returned to the shelter system within one year',
    '%',
    '12.5',
    'down',
  ],
  ['acs', '3494', '二十四小时内回应虐待举报率', 'Abuse or neglect reports responded to within 24 hours', '%', '100'],
  [
    'acs',
    '3498',
    '一年内重复查实比例',
    'Children with repeat substantiated investigations within a year',
    '%',
    '14',
    'down',
  ],
  ['doc', '9255', '在押人员参加项目比例', 'Individuals in custody participating in programs', '%', '10'],
];

const list: Indicator[] = CRITICAL.map(([agency, code, zh, en, unit, target, direction = 'up']) =>
  indicator(`MMR${code}`, zh, en, unit, target, null, {
    direction,
    frequency: 'month',
    aggregation: 'mean',
    units: [`nyc-${agency}`],
  }),
);

/** 311 as the source's signal: counted from the complaints themselves, by agency and month. No target: not rated. */
const requests: Indicator[] = [
  indicator('R311', '311 诉求受理件数', '311 service requests', 'requests', null, null, {
    direction: 'down',
    frequency: 'month',
    aggregation: 'sum',
    formula: 'complaints.received',
  }),
];

/** Nothing is weighed: each indicator stands for itself. */
export const indicators: IndicatorsSection = {
  total: '100',
  weights: 'rescale',
  list: [...list, ...requests],
  frequency: 'month',
  change: targetChange(),
};
