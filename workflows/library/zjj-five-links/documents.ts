import type { CycleTemplate } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';

/** The four kinds of rules are the source's; the texts are examples. */
export const documents: NonNullable<CycleTemplate['documents']> = [
  {
    key: 'organisation',
    name: says('绩效评估组织办法', 'Rules of organisation'),
    text: says(
      '市绩效评估领导小组统一领导评估工作，审议年度结果；领导小组办公室（市绩效办）负责下达指标、组织监测和年终考核；监测单位对所监测指标的数据负责；参评单位主要负责人是第一责任人，指定绩效联络员。',
      'The leading group directs the assessment and votes on the results. Its office issues the indicators, runs monitoring and the assessment. A monitoring unit answers for the data of the indicators it monitors. The head of a unit is responsible, and names a member of staff for performance.',
    ),
  },
  {
    key: 'indicators',
    name: says('绩效指标管理办法', 'Rules of indicators'),
    text: says(
      '指标分共性指标和个性指标，权重合计 100。指标须有计量单位、目标值、数据来源和监测单位；下达后原则上不调整，因政策变化、机构改革或不可抗力确需调整的，经市绩效办审核并报领导小组批准。',
      'Indicators are common or specific; their weights add up to 100. Each has a unit, a target, a source and a monitoring unit. Once issued they change only for a change of policy, a reorganisation or force majeure, on review by the office and approval by the leading group.',
    ),
  },
  {
    key: 'assessment',
    name: says('年终考核办法', 'Rules of assessment'),
    text: says(
      '年终考核由指标考核、领导评价、单位互评和公众评议组成，分类排名并评定等次。结果公示 5 个工作日；有异议的，可在 3 个工作日内申请复核，复核在 10 个工作日内由未参与原结果的人员作出。',
      'The assessment consists of the indicators, the leaders, other units and the public; units are ranked by category and graded. Results are public for 5 working days. A review may be asked for within 3 working days and is decided within 10 by people who did not make the result.',
    ),
  },
  {
    key: 'assurance',
    name: says('绩效评估保障办法', 'Rules of assurance'),
    text: says(
      '评估经费列入预算；数据须可追溯，弄虚作假的按情节扣分直至定为不合格；评估人员与被评估单位有利害关系的应当回避；评估结果作为评先评优、干部考核和预算安排的依据，问题限期整改并列入下年度必查事项。',
      'The assessment has its budget. Data can be traced; faking them costs points, up to the lowest grade. Assessors with an interest in a unit recuse themselves. Results count for awards, for the appraisal of officials and for the budget; problems are rectified in time and checked next year.',
    ),
  },
];
