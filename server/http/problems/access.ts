import { entries } from './entry.ts';

/** Who is asking, and may they. What someone may not see is answered as unknown. */
export const accessProblems = entries({
  'session.missing': {
    status: 401,
    title: { zh: '请先登录', en: 'sign in first' },
    hint: { zh: '会话不存在或已过期', en: 'there is no session, or it has ended' },
  },
  'signin.failed': {
    status: 401,
    title: { zh: '用户名或密码不正确', en: 'wrong user name or password' },
    hint: {
      zh: '连续输错五次后账号锁定一段时间，期间正确的密码也不被接受；可请安全管理员解锁',
      en: 'after five wrong ones in a row the account is locked for a time, for the right one too; the security administrator can unlock it',
    },
  },
  'signin.limited': {
    status: 429,
    title: { zh: '此地址的登录尝试过多，已暂停', en: 'too many attempts to sign in from this address' },
    hint: { zh: '请在 {minutes} 分钟后再试', en: 'try again in {minutes} minutes' },
  },
  'signin.expired': {
    status: 401,
    title: { zh: '登录已超时', en: 'signing in took too long' },
    hint: { zh: '请重新输入用户名和密码', en: 'begin again with user name and password' },
  },
  'secondFactor.wrong': {
    status: 401,
    title: { zh: '验证码不正确或已用过', en: 'the code is wrong, or was used before' },
    hint: {
      zh: '请等验证器显示下一个验证码，或用一个恢复码；请检查手机时间是否准确',
      en: 'wait for the next code of the app, or use a recovery code; see that the clock of the phone is right',
    },
  },
  'secondFactor.required': {
    status: 403,
    title: { zh: '须先设置第二因子', en: 'a second factor must be set up first' },
    hint: {
      zh: '系统、安全、审计管理员须用手机验证器登录：请在「我的账号」中设置',
      en: 'system, security and audit administrators sign in with an authenticator app: set it up under my account',
    },
  },
  'secondFactor.present': {
    status: 409,
    title: { zh: '已设置第二因子', en: 'there is a second factor already' },
    hint: { zh: '请先停用，再重新设置', en: 'remove it before you set up another' },
  },
  'secondFactor.absent': {
    status: 409,
    title: { zh: '没有设置第二因子', en: 'there is no second factor' },
  },
  'password.expired': {
    status: 403,
    title: { zh: '密码已到期，须先更换', en: 'the password is too old and must be changed first' },
    hint: { zh: '请在「我的账号」中更换密码', en: 'change it under my account' },
  },
  'session.unknown': { status: 404, title: { zh: '没有这个会话', en: 'no such session' } },
  'account.own': {
    status: 409,
    title: { zh: '不能这样处理自己的账号', en: 'not on the own account' },
    hint: { zh: '请在「我的账号」中操作', en: 'use the page of your account' },
  },
  'account.hasPassword': {
    status: 409,
    title: { zh: '此人已有密码，不再邀请', en: 'the person has a password and is invited no more' },
    hint: { zh: '忘记密码的，请安全管理员发重置链接', en: 'the security administrator sends a link to reset it' },
  },
  'link.invalid': {
    status: 410,
    title: { zh: '链接无效、已用过或已过期', en: 'the link is wrong, used, or out of date' },
    hint: { zh: '请重新申请', en: 'ask for another' },
  },
  'setup.done': {
    status: 409,
    title: { zh: '已有账号，首次设置已完成', en: 'there are accounts already, the first steps are done' },
  },
  'setup.code': {
    status: 403,
    title: { zh: '启动口令不正确或已过期', en: 'the first-run code is wrong or out of date' },
    hint: {
      zh: '启动口令显示在服务器的控制台上；重新启动或运行 bihuan setup 可得到新的',
      en: 'the console of the server shows it; start again or run bihuan setup for another',
    },
  },
  'csrf.missing': {
    status: 403,
    title: { zh: '缺少或错误的 X-CSRF-Token', en: 'missing or wrong X-CSRF-Token' },
    hint: { zh: '令牌由 GET /api/v1/session 给出', en: 'the token is given by GET /api/v1/session' },
  },
  'origin.foreign': {
    status: 403,
    title: { zh: '请求来自其他网站', en: 'the request comes from another site' },
    detail: { zh: '来源 {origin} 不被接受', en: 'the origin {origin} is not accepted' },
    hint: { zh: '若经反向代理访问，请设置 BIHUAN_URL', en: 'behind a reverse proxy, set BIHUAN_URL' },
  },
  'audit.unknown': {
    status: 404,
    title: { zh: '没有这条审计记录', en: 'there is no such row in the audit' },
  },
  'permission.denied': {
    status: 403,
    title: { zh: '没有此项权限', en: 'you may not do this' },
    detail: { zh: '需要权限 {ability}', en: 'needs the ability {ability}' },
  },
});
