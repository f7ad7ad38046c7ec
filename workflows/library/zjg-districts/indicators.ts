import type { Indicator, IndicatorsSection } from '../../indicators/schema.ts';
import { targetChange } from '../parts/change.ts';
import { says } from '../parts/fields.ts';
import { indicator } from '../parts/indicators.ts';

type Row = readonly [zh: string, en: string, unit: string, target: string, direction?: 'up' | 'down' | 'level'];

/** 14 key indicators, reported every month. How many there are is the source's; names, targets and weights are examples. */
const KEY: readonly Row[] = [
  ['地区生产总值', 'Gross domestic product', '亿元', '320'],
  ['一般公共预算收入', 'General public budget revenue', '亿元', '26'],
  ['规模以上工业总产值', 'Output of larger industry', '亿元', '610'],
  ['固定资产投资', 'Fixed-asset investment', '亿元', '95'],
  ['工业投入', 'Investment in industry', '亿元', '48'],
  ['服务业增加值', 'Value added of services', '亿元', '150'],
  ['社会消费品零售总额', 'Retail sales', '亿元', '88'],
  ['进出口总额', 'Foreign trade', '亿美元', '22'],
  ['实际使用外资', 'Foreign capital used', '万美元', '4200'],
  ['新兴产业产值占比', 'Share of new industries', '%', '42'],
  ['高新技术企业数', 'High-tech companies', '家', '60'],
  ['重大项目开工数', 'Large projects begun', '项', '12'],
  ['单位工业用地产出', 'Output per hectare of industrial land', '万元', '780'],
  ['单位地区生产总值能耗', 'Energy per unit of product', '吨标煤', '0.42', 'down'],
];

/** 40 indicators of modernisation in five groups, reported every quarter. */
const MODERN: Readonly<Record<string, { name: ReturnType<typeof says>; rows: readonly Row[] }>> = {
  economy: {
    name: says('经济发展', 'Economy'),
    rows: [
      ['人均地区生产总值', 'Product per person', '万元', '21'],
      ['服务业增加值占比', 'Share of services', '%', '47'],
      ['全社会研发经费占比', 'Share of research', '%', '3.2'],
      ['科技进步贡献率', 'Contribution of technology', '%', '66'],
      ['自主品牌企业增加值占比', 'Share of own brands', '%', '18'],
      ['万人发明专利拥有量', 'Patents per 10 000 people', '件', '42', 'level'],
      ['现代农业发展水平', 'Modern farming', '分', '90'],
      ['城镇化率', 'Urbanisation', '%', '74'],
    ],
  },
  living: {
    name: says('人民生活', 'Living'),
    rows: [
      ['居民人均可支配收入', 'Disposable income per person', '元', '68000'],
      ['城乡居民收入比', 'Income, city to countryside', '倍', '1.9', 'down'],
      ['城镇登记失业率', 'Registered unemployment', '%', '2.5', 'down'],
      ['新增就业人数', 'New jobs', '人', '3200'],
      ['城镇住房保障覆盖率', 'Housing for all', '%', '99'],
      ['公共交通分担率', 'Share of public transport', '%', '26'],
      ['居民人均预期寿命', 'Life expectancy', '岁', '82'],
      ['食品抽检合格率', 'Food that passes tests', '%', '98'],
    ],
  },
  society: {
    name: says('社会发展', 'Society'),
    rows: [
      ['义务教育优质均衡比例', 'Good schools near by', '%', '95'],
      ['学前三年毛入园率', 'Enrolment in kindergartens', '%', '99'],
      ['每千人执业医师数', 'Doctors per 1 000 people', '人', '3.2', 'level'],
      ['每千名老人养老床位', 'Beds per 1 000 old people', '张', '42', 'level'],
      ['基本养老保险覆盖率', 'Pension insurance', '%', '99'],
      ['基本医疗保险覆盖率', 'Health insurance', '%', '99'],
      ['人均公共文化设施面积', 'Cultural space per person', '平方米', '0.42', 'level'],
      ['居民健身达标率', 'People who are fit', '%', '94'],
    ],
  },
  ecology: {
    name: says('生态环境', 'Ecology'),
    rows: [
      ['空气质量优良天数比例', 'Days with good air', '%', '82'],
      ['细颗粒物年均浓度', 'Fine dust', '微克/立方米', '30', 'down'],
      ['地表水优良断面比例', 'Good surface water', '%', '90'],
      ['城镇污水处理率', 'Sewage treated', '%', '97'],
      ['生活垃圾分类覆盖率', 'Waste sorted', '%', '98'],
      ['林木覆盖率', 'Woodland', '%', '21'],
      ['绿色建筑占比', 'Green buildings', '%', '92'],
      ['主要污染物排放强度', 'Pollutants per unit of product', '千克/万元', '0.8', 'down'],
    ],
  },
  governance: {
    name: says('民主法治', 'Democracy and law'),
    rows: [
      ['村（社区）自治达标率', 'Self-government of villages', '%', '98'],
      ['法治建设满意度', 'Satisfaction with the law', '%', '93'],
      ['公众安全感', 'Feeling of safety', '%', '96'],
      ['行政复议纠错率', 'Decisions put right on review', '%', '8', 'down'],
      ['亿元产值生产安全事故死亡率', 'Deaths at work per unit of product', '人/亿元', '0.01', 'down'],
      ['矛盾纠纷调处成功率', 'Disputes settled', '%', '98'],
      ['政务服务网上可办率', 'Services online', '%', '98'],
      ['政务诉求按期办结率', 'Requests answered in time', '%', '99'],
    ],
  },
};

/** 3 indicators of safeguard, reported at the end of the year. */
const SAFEGUARD: readonly Row[] = [
  ['党的建设', 'Party building', '分', '100'],
  ['社会稳定', 'Public order', '分', '100'],
  ['安全生产', 'Safety at work', '分', '100'],
];

const row = (
  group: string,
  prefix: string,
  weight: string,
  frequency: Indicator['frequency'],
  [zh, en, unit, target, direction = 'up']: Row,
  i: number,
): Indicator =>
  indicator(`${prefix}${String(i + 1).padStart(2, '0')}`, zh, en, unit, target, weight, {
    group,
    frequency,
    ...(direction === 'level' ? { direction: 'up', aggregation: 'last' } : { direction }),
  });

/** 1000 points: 14 × 30 + 40 × 12 + 3 × (33, 33, 34). */
export const indicators: IndicatorsSection = {
  change: targetChange(),
  total: '1000',
  frequency: 'month',
  groups: {
    key: { name: says('重点工作', 'Key work') },
    ...Object.fromEntries(Object.entries(MODERN).map(([group, { name }]) => [group, { name }])),
    safeguard: { name: says('保障工作', 'Safeguard') },
  },
  list: [
    ...KEY.map((one, i) => row('key', 'K', '30', 'month', one, i)),
    ...Object.entries(MODERN)
      .flatMap(([group, { rows }]) => rows.map((one) => [group, one] as const))
      .map(([group, one], i) => row(group, 'M', '12', 'quarter', one, i)),
    ...SAFEGUARD.map((one, i) => row('safeguard', 'S', i === 2 ? '34' : '33', 'year', one, i)),
  ],
};
