import { entries } from './entry.ts';

/** Findings, complaints, opinions and what is rectified. */
export const findingProblems = entries({
  'inspection.unknown': { status: 404, title: { zh: '没有这次督查', en: 'no such inspection' } },
  'finding.unknown': { status: 404, title: { zh: '没有这个问题', en: 'no such finding' } },
  'finding.unit': {
    status: 422,
    title: { zh: '单位未参加该周期', en: 'the unit takes no part in the cycle' },
    detail: { zh: '单位 {units}', en: 'units {units}' },
  },
  'finding.state': {
    status: 409,
    title: { zh: '问题当前状态不允许此操作', en: 'the state of the finding does not allow this' },
    detail: { zh: '当前状态为 {state}', en: 'it is {state}' },
    hint: { zh: '整改中的问题由整改流程销号', en: 'what is being rectified is closed by its rectification' },
  },
  'observationPoint.unknown': { status: 404, title: { zh: '没有这个观测点', en: 'no such observation point' } },
  'observationPoint.codeTaken': {
    status: 409,
    title: { zh: '观测点代码已被使用', en: 'the code of the observation point is in use' },
    detail: { zh: '代码 {code}', en: 'code {code}' },
  },
  'observation.unknown': { status: 404, title: { zh: '没有这条观测记录', en: 'no such observation' } },
  'observation.notYours': {
    status: 403,
    title: { zh: '您不是该观测点的观察员', en: 'you do not observe at this point' },
    hint: { zh: '请绩效办把您列为观察员', en: 'ask the office to name you as an observer' },
  },
  'complaint.unknown': { status: 404, title: { zh: '没有这件投诉', en: 'no such complaint' } },
  'complaint.state': {
    status: 409,
    title: { zh: '投诉当前状态不允许此操作', en: 'the state of the complaint does not allow this' },
    detail: { zh: '当前状态为 {state}', en: 'it is {state}' },
  },
  'complaint.fixed': {
    status: 409,
    title: { zh: '争议已裁定，不得再退回', en: 'it was assigned after a dispute and may not be returned' },
    hint: {
      zh: '请办理；办不了的报请市政府办公室',
      en: 'deal with it; what cannot be solved is raised to the city office',
    },
  },
  'complaint.notYours': {
    status: 403,
    title: { zh: '投诉不由您的单位办理', en: 'the complaint is not your unit’s' },
  },
  'complaint.unclassified': {
    status: 409,
    title: { zh: '投诉尚未归到单位', en: 'the complaint has not been put down to a unit' },
    hint: { zh: '请先归类', en: 'classify it first' },
  },
  'opinion.unknown': {
    status: 422,
    title: { zh: '意见有误，未作任何更改', en: 'opinions are wrong, nothing was changed' },
    detail: {
      zh: '不在该周期，或不是意见，或已并入其他目标：{ids}',
      en: 'not of this cycle, no opinion, or in another goal: {ids}',
    },
  },
  'goal.unknown': { status: 404, title: { zh: '没有这个改进目标', en: 'no such improvement goal' } },
  'goal.state': {
    status: 409,
    title: { zh: '改进目标当前状态不允许此操作', en: 'the state of the goal does not allow this' },
    detail: { zh: '当前状态为 {state}', en: 'it is {state}' },
  },
  'rectification.unknown': { status: 404, title: { zh: '没有这个整改事项', en: 'no such item' } },
});
