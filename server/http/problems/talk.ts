import { entries } from './entry.ts';

/** What people say around a task. */
export const talkProblems = entries({
  'comment.unknown': { status: 404, title: { zh: '没有这条评论', en: 'no such comment' } },
  'comment.notYours': {
    status: 403,
    title: { zh: '只能撤回自己的评论', en: 'only your own comments can be withdrawn' },
  },
  'comment.late': {
    status: 409,
    title: { zh: '已过撤回时限', en: 'too late to withdraw it' },
    detail: { zh: '发表后 {limit} 分钟内可以撤回', en: 'a comment can be withdrawn for {limit} minutes' },
    hint: { zh: '请另发一条评论说明', en: 'add another comment to put it right' },
  },
  'comment.withdrawn': { status: 409, title: { zh: '评论已撤回', en: 'the comment is withdrawn already' } },
  'mention.unseen': {
    status: 422,
    title: { zh: '不能提及看不到该流程的人', en: 'you cannot mention people who do not see this case' },
    hint: {
      zh: '您是被提及或抄送的阅读者，请由承办单位或绩效办邀请',
      en: 'you read it by a mention or a copy yourself; ask the unit or the office to invite them',
    },
  },
  'copy.unknown': { status: 404, title: { zh: '没有抄送给您', en: 'it was not sent to you' } },
  'copy.notAllowed': {
    status: 403,
    title: { zh: '只有办理人和绩效办可以抄送', en: 'only who decided it, or the office, can send copies' },
  },
  'copy.undecided': {
    status: 409,
    title: { zh: '尚未办理，没有可抄送的结果', en: 'nothing was decided here that could be sent' },
    hint: { zh: '办理时或办结后再抄送', en: 'send it when deciding, or afterwards' },
  },
  'urge.notAllowed': {
    status: 403,
    title: {
      zh: '只有发起人、单位负责人和绩效办可以催办',
      en: 'only the initiator, the head of the unit and the office can urge',
    },
  },
  'urge.nobody': {
    status: 409,
    title: { zh: '任务在您手上或无人办理，无人可催', en: 'it is yours or nobody’s, so there is nobody to urge' },
  },
  'urge.tooSoon': {
    status: 429,
    title: { zh: '刚刚催办过', en: 'it was urged only just now' },
    detail: { zh: '{when} 起可以再次催办', en: 'it can be urged again from {when}' },
  },
  'followUp.past': {
    status: 422,
    title: { zh: '跟进日期须在今天之后', en: 'the day must be after today' },
    detail: { zh: '{day} 不晚于 {today}', en: '{day} is not after {today}' },
  },
  'priority.notAllowed': {
    status: 403,
    title: {
      zh: '只有发起人、单位负责人和绩效办可以加急',
      en: 'only the initiator, the head of the unit and the office set the priority',
    },
  },
  'priority.same': {
    status: 409,
    title: { zh: '已是此优先级', en: 'it has this priority already' },
  },
  'phrase.unknown': { status: 404, title: { zh: '没有这条常用意见', en: 'no such phrase' } },
  'phrase.full': {
    status: 409,
    title: { zh: '常用意见已满', en: 'there are too many phrases' },
    detail: { zh: '最多 {limit} 条', en: 'at most {limit}' },
    hint: { zh: '请先删除不用的', en: 'drop one first' },
  },
  'phrase.taken': { status: 409, title: { zh: '已有同样的常用意见', en: 'you have this phrase already' } },
  'phrase.order': {
    status: 422,
    title: { zh: '顺序须恰好包含每一条常用意见', en: 'the order must name each of your phrases once' },
    hint: { zh: '请重新读取后再排序', en: 'read them again, then order them' },
  },
});
