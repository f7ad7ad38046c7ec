import { entries } from './entry.ts';

/** Signing in elsewhere: at a provider of identities, with the password of a directory; and syncing from one. */
export const signInProblems = entries({
  'oidc.unreachable': {
    status: 503,
    title: { zh: '统一认证暂时无法访问', en: 'the provider of identities cannot be reached' },
    hint: { zh: '请稍后再试，或用密码登录', en: 'try again later, or sign in with the password' },
  },
  'oidc.expired': {
    status: 401,
    title: { zh: '这次统一认证登录已失效', en: 'this sign-in at the provider is over' },
    hint: {
      zh: '须在发起登录的浏览器中、十分钟之内完成，且只能用一次；请重新登录',
      en: 'it must be finished in the browser that began it, within ten minutes, and once; begin again',
    },
  },
  'oidc.failed': {
    status: 401,
    title: { zh: '统一认证的答复不被接受', en: 'what the provider of identities answered is not accepted' },
    hint: { zh: '请重新登录；若仍不行，请联系管理员', en: 'begin again; if it stays so, tell an administrator' },
  },
  'oidc.noAccount': {
    status: 403,
    title: { zh: '统一认证的这个身份在本系统中没有可用账号', en: 'no account here is open to this identity' },
    hint: { zh: '请联系管理员', en: 'ask an administrator' },
  },
  'ldap.unreachable': {
    status: 503,
    title: { zh: '目录服务器暂时无法访问，未作任何改动', en: 'the directory cannot be reached; nothing was changed' },
    detail: { zh: '{reason}', en: '{reason}' },
    hint: {
      zh: '请检查 BIHUAN_LDAP_ 开头的设置、服务器及其证书',
      en: 'check the settings that begin with BIHUAN_LDAP_, the server and its certificate',
    },
  },
  'ldap.off': {
    status: 409,
    title: { zh: '未设置目录服务器', en: 'there is no directory' },
    hint: { zh: '请设置 BIHUAN_LDAP_URL', en: 'set BIHUAN_LDAP_URL' },
  },
  'ldap.tooMany': {
    status: 409,
    title: { zh: '将停用的太多，未作任何改动', en: 'too many would be deactivated; nothing was changed' },
    detail: {
      zh: '{total} 个（{what}）中有 {gone} 个在目录中已不存在，超过 {most}%',
      en: '{gone} of {total} ({what}) are no longer in the directory, more than {most} per cent',
    },
    hint: {
      zh: '请核对目录与过滤式；若确属应有，请临时调高 BIHUAN_LDAP_MOST_DEACTIVATED',
      en: 'look at the directory and the filters; if it is as it should be, raise BIHUAN_LDAP_MOST_DEACTIVATED for once',
    },
  },
});
