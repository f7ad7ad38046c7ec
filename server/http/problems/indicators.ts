import { entries } from './entry.ts';

/** The library, targets, values, imports, tokens and sources of indicators. */
export const indicatorProblems = entries({
  'indicator.unknown': { status: 404, title: { zh: '没有这个指标', en: 'no such indicator' } },
  'indicator.codeTaken': {
    status: 409,
    title: { zh: '指标代码已被使用', en: 'the code of the indicator is taken' },
    detail: { zh: '代码 {code} 已存在', en: 'there already is a code {code}' },
  },
  'indicator.wrong': {
    status: 422,
    title: { zh: '指标定义有误，未作任何更改', en: 'the definition of the indicator is wrong, nothing was changed' },
    hint: { zh: '请按 errors 逐项改正', en: 'correct each of the errors' },
  },
  'indicator.closed': {
    status: 409,
    title: { zh: '周期已结束，指标数据不再变更', en: 'the cycle is over: its indicators change no more' },
    detail: { zh: '周期状态为 {state}', en: 'the cycle is {state}' },
  },
  'target.refused': {
    status: 422,
    title: { zh: '不能调整目标', en: 'the target may not be changed' },
    detail: { zh: '{zh}', en: '{en}' },
  },
  'target.open': {
    status: 409,
    title: { zh: '已有一项未决的目标调整申请', en: 'a change of this target is already waiting for a decision' },
  },
  'target.nobody': {
    status: 409,
    title: { zh: '没有人可以审批这项目标调整', en: 'there is nobody who could decide on this change' },
    detail: { zh: '没有人担任角色“{role}”', en: 'nobody holds the role "{role}"' },
    hint: { zh: '请管理员授予该角色', en: 'have an administrator give somebody the role' },
  },
  'target.unknown': { status: 404, title: { zh: '没有这项待定的目标调整', en: 'no such change waits for a decision' } },
  'target.own': {
    status: 403,
    title: { zh: '申请人不能审批自己的申请', en: 'whoever asked for the change does not decide it' },
  },
  'milestone.unknown': { status: 404, title: { zh: '没有这个里程碑', en: 'no such milestone' } },
  'milestone.open': {
    status: 409,
    title: { zh: '里程碑尚未报告完成', en: 'nobody has said yet that the milestone is reached' },
  },
  'milestone.verified': { status: 409, title: { zh: '里程碑已核验', en: 'the milestone has been verified' } },
  'milestone.own': {
    status: 403,
    title: { zh: '报告完成的人不能核验', en: 'whoever said that it is reached does not verify it' },
  },
  'values.refused': {
    status: 422,
    title: { zh: '数据有误，未作任何更改', en: 'values are wrong, nothing was changed' },
    detail: { zh: '{count} 处错误', en: '{count} errors' },
    hint: { zh: '请按 errors 逐项改正', en: 'correct each of the errors' },
  },
  'xlsx.malformed': {
    status: 422,
    title: { zh: '无法读取 Excel 文件', en: 'the Excel file cannot be read' },
    detail: { zh: '{reason}', en: '{reason}' },
    hint: { zh: '请另存为 .xlsx 或 CSV', en: 'save it as .xlsx or CSV' },
  },
  'xlsx.tooLarge': {
    status: 413,
    title: { zh: 'Excel 文件解压后过大', en: 'the Excel file is too large once unpacked' },
    detail: { zh: '上限：{limit}', en: 'the limit is {limit}' },
  },
  'import.unknown': { status: 404, title: { zh: '没有这次导入', en: 'no such import' } },
  'import.taken': { status: 409, title: { zh: '此导入编号已用过', en: 'the id of the import was used before' } },
  'token.unknown': { status: 404, title: { zh: '没有这个令牌', en: 'no such token' } },
  'token.invalid': {
    status: 401,
    title: { zh: '令牌无效、已过期或已撤销', en: 'the token is unknown, expired or revoked' },
    hint: { zh: '请求头：Authorization: Bearer <令牌>', en: 'send Authorization: Bearer <token>' },
  },
  'token.scope': {
    status: 403,
    title: { zh: '令牌不用于此接口', en: 'the token is not for this' },
    detail: { zh: '令牌用途：{scope}', en: 'it is for: {scope}' },
    hint: { zh: '另行签发用途相符的令牌', en: 'have a token made for this' },
  },
  'token.limited': {
    status: 429,
    title: { zh: '推送过于频繁，已暂停', en: 'too many requests with a token' },
    hint: { zh: '请在 {minutes} 分钟后再试', en: 'try again in {minutes} minutes' },
  },
  'source.unknown': { status: 404, title: { zh: '没有这个数据源', en: 'no such source' } },
  'source.address': {
    status: 422,
    title: { zh: '不允许访问此地址', en: 'this address may not be fetched from' },
    detail: { zh: '{host}：{reason}', en: '{host}: {reason}' },
    hint: {
      zh: '允许的主机由设置 BIHUAN_PULL_HOSTS 列出',
      en: 'the hosts that may be fetched from are listed by the setting BIHUAN_PULL_HOSTS',
    },
  },
  'source.failed': {
    status: 502,
    title: { zh: '从数据源取数失败', en: 'fetching from the source failed' },
    detail: { zh: '{reason}', en: '{reason}' },
  },
});
