import { entries } from './entry.ts';

/** Ballots, surveys, consultations and scores. */
export const ballotProblems = entries({
  'ballot.unknown': { status: 404, title: { zh: '没有这张评价表', en: 'no such sheet of ballots' } },
  'ballot.closed': {
    status: 409,
    title: { zh: '评价尚未开始或已截止', en: 'ballots are not taken now' },
    hint: { zh: '截止以后不再接收任何评价', en: 'no ballot is taken after the round has closed' },
  },
  'ballot.submitted': {
    status: 409,
    title: { zh: '评价表已提交，不能再改', en: 'the sheet is handed in and stays as it is' },
  },
  'ballot.recused': { status: 409, title: { zh: '已回避，不参加此项评价', en: 'recused from scoring here' } },
  'ballot.stale': {
    status: 409,
    title: { zh: '评价表刚刚被更改，未提交', en: 'the sheet has just changed, nothing was handed in' },
    hint: { zh: '刷新后再提交', en: 'reload it and hand it in again' },
  },
  'ballot.invalid': {
    status: 422,
    title: { zh: '评价表有误，未作任何更改', en: 'the sheet is wrong, nothing was changed' },
    hint: { zh: '按各行的提示改正', en: 'put the rows right that are named' },
  },
  'ballot.scale': {
    status: 422,
    title: { zh: '评价不在规定的分值或选项内，未作任何更改', en: 'a ballot is off the scale, nothing was changed' },
  },
  'ballot.item': {
    status: 422,
    title: { zh: '没有这个评价项，未作任何更改', en: 'no such item, nothing was changed' },
  },
  'ballot.twice': {
    status: 422,
    title: { zh: '同一项评价了两次，未作任何更改', en: 'something is scored twice, nothing was changed' },
  },
  'ballot.missing': {
    status: 422,
    title: { zh: '还有未评价的项，未提交', en: 'the sheet is not complete, nothing was handed in' },
  },
  'ballot.rule': {
    status: 422,
    title: { zh: '评价不符合计票规则，未提交', en: 'the ballots break a rule, nothing was handed in' },
  },
  'ballot.ownUnit': {
    status: 422,
    title: { zh: '不能评价本单位，未作任何更改', en: 'nobody scores the own unit, nothing was changed' },
  },
  'ballot.notOnSheet': {
    status: 422,
    title: { zh: '该单位不由您评价，未作任何更改', en: 'this unit is not yours to score, nothing was changed' },
  },
  'ballot.unknownUnit': {
    status: 422,
    title: { zh: '没有这个参评单位，未作任何更改', en: 'no such participant, nothing was changed' },
  },
  'round.unknown': { status: 404, title: { zh: '没有这轮评价', en: 'no such round of ballots' } },
  'round.open': {
    status: 409,
    title: { zh: '评价尚未截止，结果不予显示', en: 'the round is open still, its results are not shown' },
  },
  'survey.gone': {
    status: 410,
    title: { zh: '链接无效、已经用过，或调查已结束', en: 'the link is wrong or used, or the survey is over' },
  },
  'survey.group': {
    status: 422,
    title: { zh: '这一轮没有这个公众评价组或层', en: 'this round has no such public group or layer' },
  },
  'survey.empty': { status: 422, title: { zh: '没有填写任何评价或意见', en: 'nothing was filled in' } },
  'consultation.closed': {
    status: 409,
    title: { zh: '该单位现在不征求公众意见', en: 'the unit does not ask for opinions now' },
    hint: { zh: '征求意见的时间见公开页面', en: 'the public page says when a plan is open for opinions' },
  },
  'consultation.full': {
    status: 409,
    title: { zh: '本次征求意见已收满，意见未收', en: 'there is no room for more opinions, nothing was taken' },
    hint: { zh: '请直接联系该单位', en: 'write to the unit itself' },
  },
  'score.none': {
    status: 404,
    title: { zh: '尚未计分', en: 'there is no score yet' },
  },
  'score.block': {
    status: 422,
    title: { zh: '该周期没有这个计分区块', en: 'the cycle has no such score block' },
  },
  'scoreRun.unknown': { status: 404, title: { zh: '没有这次重算', en: 'no such recomputation' } },
  'scoreRun.state': {
    status: 409,
    title: { zh: '这次重算已处理', en: 'this recomputation is decided already' },
  },
  'scoreRun.handed': {
    status: 409,
    title: {
      zh: '成绩已下发各单位，不能直接采纳',
      en: 'the scores are handed out already, so this cannot simply be accepted',
    },
    hint: {
      zh: '请由周期中再次计分的环节更正，或将周期退回计分环节',
      en: 'correct them in a block that scores again, or send the cycle back to the scoring',
    },
  },
  'scoreRun.stale': {
    status: 409,
    title: { zh: '重算之后成绩又有变化，未采纳', en: 'the scores have changed since, nothing was accepted' },
    hint: { zh: '请重新计算', en: 'compute them again' },
  },
});
