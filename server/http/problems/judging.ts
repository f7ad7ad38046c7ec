import { entries } from './entry.ts';

/** Lights, warnings, supervision orders, suspicious values. */
export const judgingProblems = entries({
  'flag.unknown': { status: 404, title: { zh: '没有这条异常值提示', en: 'no such flag' } },
  'flag.state': {
    status: 409,
    title: { zh: '该提示已处理', en: 'the flag has been dealt with' },
    detail: { zh: '当前状态：{state}', en: 'its state is {state}' },
  },
  'flag.own': { status: 403, title: { zh: '不能认定本人的说明', en: 'nobody decides on their own explanation' } },
  'light.period': {
    status: 422,
    title: {
      zh: '该单位本周期没有此指标在这一期的数据',
      en: 'the unit has no such indicator and period in this cycle',
    },
    detail: { zh: '指标 {code}，{period}', en: 'indicator {code}, {period}' },
  },
  'warning.unknown': { status: 404, title: { zh: '没有这张督办单', en: 'no such warning or order' } },
  'warning.state': {
    status: 409,
    title: { zh: '督办单当前状态不允许此操作', en: 'the state of the order does not allow this' },
    detail: { zh: '当前状态：{state}', en: 'its state is {state}' },
  },
  'warning.notYours': {
    status: 403,
    title: { zh: '只有被督办单位可以答复', en: 'only the unit that was asked can answer' },
  },
  'warning.own': { status: 403, title: { zh: '不能审核本人的答复', en: 'nobody reviews their own answer' } },
  'warning.none': {
    status: 409,
    title: { zh: '本周期的模板没有督办单', en: 'the template of this cycle has no supervision orders' },
    hint: { zh: '在模板的 warnings.sheets 中写明', en: 'name them in warnings.sheets of the template' },
  },
  'warning.colour': {
    status: 422,
    title: { zh: '模板没有这种颜色的督办单', en: 'the template has no order of this colour' },
    detail: { zh: '{colour} 不在 {allowed} 之中', en: '{colour} is not one of {allowed}' },
  },
  'warning.start': {
    status: 422,
    title: { zh: '督办须从最轻的颜色开始', en: 'orders start with the mildest colour' },
    detail: { zh: '应从 {first} 开始，而不是 {colour}', en: 'it starts with {first}, not {colour}' },
    hint: {
      zh: '紧急事项可从任一颜色开始（模板允许时）',
      en: 'urgent matters may start at any colour where the template says so',
    },
  },
  'warning.unit': { status: 422, title: { zh: '单位未参加该周期', en: 'the unit takes no part in the cycle' } },
  'warning.indicator': {
    status: 422,
    title: { zh: '该单位本周期没有此指标', en: 'the unit has no such indicator in this cycle' },
    detail: { zh: '指标 {code}', en: 'indicator {code}' },
  },
});
