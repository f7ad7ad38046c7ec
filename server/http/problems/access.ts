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
  },
  'signin.limited': {
    status: 429,
    title: { zh: '登录尝试过多，已暂停', en: 'too many attempts to sign in' },
    hint: { zh: '请在 {minutes} 分钟后再试', en: 'try again in {minutes} minutes' },
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
