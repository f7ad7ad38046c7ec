import { entries } from './entry.ts';

/** The ledger of bonuses and deductions, grades, letters. */
export const resultProblems = entries({
  'adjustment.none': {
    status: 409,
    title: { zh: '该周期的模板没有加减分项目', en: 'the template of this cycle has no bonuses or deductions' },
  },
  'adjustment.unknown': { status: 404, title: { zh: '没有这条加减分记录', en: 'no such entry of the ledger' } },
  'adjustment.state': {
    status: 409,
    title: { zh: '该记录当前状态不允许此操作', en: 'the state of the entry does not allow this' },
    detail: { zh: '当前状态 {state}', en: 'it is {state}' },
  },
  'adjustment.own': {
    status: 403,
    title: {
      zh: '不能审批本人提出的或涉及本单位的加减分',
      en: 'nobody approves what they proposed, or what concerns their own unit',
    },
  },
  'adjustment.notAllowed': {
    status: 403,
    title: { zh: '不能提出或审批该项加减分', en: 'you may not propose or approve this' },
    hint: { zh: '提出人和审批人由模板规定', en: 'the template says who proposes and who approves' },
  },
  'adjustment.noBonus': {
    status: 409,
    title: { zh: '该单位的奖励因亮灯被取消', en: 'a light withholds this bonus from the unit' },
    detail: { zh: '依据第 {number} 号预警（{period}）', en: 'by no. {number} of the register ({period})' },
    hint: {
      zh: '预警有误的，先在预警台账中撤销',
      en: 'where that was a mistake, withdraw it in the register of warnings first',
    },
  },
  'adjustment.special': {
    status: 409,
    title: { zh: '专项目标的加分不符合规定', en: 'the bonuses of a special goal do not stand' },
    hint: {
      zh: '先审定该目标的扣分；撤销扣分前先撤销以其为依据的加分',
      en: 'approve the deductions of the goal first; revoke the bonuses that rest on a deduction before it',
    },
  },
  'grade.none': { status: 409, title: { zh: '该周期的模板不评等次', en: 'the template of this cycle has no grades' } },
  'grade.decided': {
    status: 409,
    title: { zh: '该单位（名额）已有生效的决定', en: 'a decision about this is in force already' },
    hint: { zh: '请先撤销原决定', en: 'revoke that one first' },
  },
  'grade.late': {
    status: 409,
    title: { zh: '等次已送达各单位，不能再改', en: 'the grades have been handed out and stay' },
    hint: {
      zh: '请在申诉后的再次评定等次之前作出决定',
      en: 'decide before grades are given again, such as after appeals',
    },
  },
  'grade.unknown': { status: 404, title: { zh: '没有这项决定', en: 'no such decision' } },
  'grade.raise': {
    status: 422,
    title: { zh: '名额不能提高到该数', en: 'the quota cannot be raised so far' },
    detail: { zh: '名额 {quota} 最多 {most}', en: 'quota {quota}: at most {most}' },
  },
  'report.none': {
    status: 404,
    title: { zh: '报告范围内没有您可以看到的单位', en: 'there is no unit that you may see in the report' },
    hint: {
      zh: '检查单位和类别；各单位只能看本单位和由其监测的单位',
      en: 'check the unit and the category; units see themselves and what they monitor',
    },
  },
  'letter.unknown': { status: 404, title: { zh: '没有这份反馈函', en: 'no such letter' } },
  'results.none': {
    status: 409,
    title: { zh: '还没有可以重新计算的得分', en: 'there are no scores yet that could be computed anew' },
  },
});
