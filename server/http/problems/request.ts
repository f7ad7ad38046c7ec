import { entries } from './entry.ts';

/** Requests that are refused before any feature sees them. */
export const requestProblems = entries({
  'route.unknown': {
    status: 404,
    title: { zh: '没有这个地址', en: 'no such address' },
    hint: { zh: '接口说明见 /api/v1/docs', en: 'the API is described at /api/v1/docs' },
  },
  'method.notAllowed': {
    status: 405,
    title: { zh: '此地址不支持该方法', en: 'method not allowed here' },
    detail: { zh: '可用的方法：{allowed}', en: 'allowed: {allowed}' },
  },
  'body.malformed': {
    status: 400,
    title: { zh: '请求内容不是有效的 JSON', en: 'the body is not valid JSON' },
    detail: { zh: '解析失败：{reason}', en: 'parsing failed: {reason}' },
  },
  'body.encoding': {
    status: 400,
    title: { zh: '请求内容不是 UTF-8 编码', en: 'the body is not UTF-8' },
  },
  'body.tooLarge': {
    status: 413,
    title: { zh: '请求内容过大', en: 'the body is too large' },
    detail: { zh: '上限为 {limit} 字节', en: 'the limit is {limit} bytes' },
  },
  'body.type': {
    status: 415,
    title: { zh: '不支持的内容类型', en: 'unsupported content type' },
    detail: { zh: '应为 {expected}', en: 'expected {expected}' },
  },
  'body.tooDeep': {
    status: 400,
    title: { zh: '请求内容嵌套过深', en: 'the body is nested too deeply' },
    detail: { zh: '最多 {limit} 层', en: 'at most {limit} levels' },
  },
  'body.forbiddenKey': {
    status: 400,
    title: { zh: '请求内容含有禁止使用的键', en: 'the body has a key that is never accepted' },
    detail: { zh: '键 {key}', en: 'key {key}' },
  },
  'body.uncleanKey': {
    status: 400,
    title: { zh: '键名含有不可见字符或未规范化的字符', en: 'a key has invisible or non-normalised characters' },
    detail: { zh: '键 {key}', en: 'key {key}' },
    hint: { zh: '请使用 NFC 规范化、不含零宽字符的文本', en: 'use NFC text without zero-width characters' },
  },
  'body.duplicateKey': {
    status: 400,
    title: { zh: '请求内容中同一个键出现两次', en: 'a key occurs twice in the body' },
    detail: { zh: '键 {key}', en: 'key {key}' },
  },
  'body.uncleanText': {
    status: 400,
    title: { zh: '文本含有无法保存的字符', en: 'a text has characters that cannot be stored' },
    hint: { zh: '请去掉 NUL 字符与不成对的代理字符', en: 'remove NUL characters and unpaired surrogates' },
  },
  'input.invalid': {
    status: 422,
    title: { zh: '输入有误，未作任何更改', en: 'the input is wrong, nothing was changed' },
    hint: { zh: '请按 errors 逐项改正', en: 'correct each of the errors' },
  },
  'cursor.invalid': {
    status: 422,
    title: { zh: '翻页游标无效', en: 'the page cursor is invalid' },
    hint: {
      zh: '请从第一页重新开始，且翻页时不要更换排序',
      en: 'start again at the first page and keep the sort while paging',
    },
  },
  'sort.unknown': {
    status: 422,
    title: { zh: '不能按此项排序', en: 'cannot sort by this' },
    detail: { zh: '可用：{allowed}', en: 'possible: {allowed}' },
  },
  'calendar.outside': {
    status: 422,
    title: { zh: '日期超出日历范围', en: 'the date is outside the calendar' },
    detail: { zh: '{date} 不在 {from} 至 {to} 之间', en: '{date} is not between {from} and {to}' },
  },
  'version.required': {
    status: 428,
    title: { zh: '须说明所依据的版本', en: 'the version that you changed must be named' },
    hint: { zh: '请在 If-Match 中带上读取时得到的 ETag', en: 'send the ETag that you read as If-Match' },
  },
  'version.stale': {
    status: 412,
    title: { zh: '已被他人修改', en: 'someone else changed it' },
    detail: { zh: '当前版本为 {current}', en: 'the current version is {current}' },
    hint: { zh: '请重新读取后再改', en: 'read it again, then change it' },
  },
  'idempotency.key': {
    status: 400,
    title: { zh: 'Idempotency-Key 无效', en: 'invalid Idempotency-Key' },
    hint: { zh: '1 到 200 个可见 ASCII 字符', en: '1 to 200 visible ASCII characters' },
  },
  'idempotency.mismatch': {
    status: 422,
    title: { zh: '同一个 Idempotency-Key 用于不同的请求', en: 'the same Idempotency-Key with another request' },
    hint: { zh: '新的操作请使用新的键', en: 'use a new key for a new action' },
  },
  'rate.limited': {
    status: 429,
    title: { zh: '请求过于频繁', en: 'too many requests' },
    hint: { zh: '请稍后再试', en: 'try again later' },
  },
  'server.error': {
    status: 500,
    title: { zh: '服务器出错', en: 'the server failed' },
    hint: { zh: '请将 requestId 告知管理员', en: 'tell an administrator the requestId' },
  },
  'database.conflict': {
    status: 409,
    title: {
      zh: '与同时进行的操作冲突，未作更改',
      en: 'it met another change at the same moment, nothing was changed',
    },
    hint: { zh: '请重试', en: 'try again' },
  },
  'database.unavailable': {
    status: 503,
    title: {
      zh: '数据库暂时不可用，不能确定操作是否完成',
      en: 'the database is unavailable, the outcome is not known',
    },
    hint: { zh: '请稍后用同一个 Idempotency-Key 重试', en: 'repeat later with the same Idempotency-Key' },
  },
});
