import { entries } from './entry.ts';

/** Organisations, people and their import. */
export const directoryProblems = entries({
  'org.unknown': { status: 404, title: { zh: '没有这个单位', en: 'no such organisation' } },
  'org.codeTaken': {
    status: 409,
    title: { zh: '单位代码已被使用', en: 'the code is in use' },
    detail: { zh: '代码 {code}', en: 'code {code}' },
  },
  'sample.notEmpty': {
    status: 409,
    title: {
      zh: '已有单位或人员，不能再载入示例市',
      en: 'there are units or people already: no sample city beside them',
    },
    detail: { zh: '单位 {orgs} 个，人员 {people} 人', en: 'units: {orgs}, people: {people}' },
    hint: {
      zh: '要试用示例市，请另用一个数据目录启动',
      en: 'to try the sample city, start on another data folder',
    },
  },
  'org.loop': {
    status: 422,
    title: { zh: '上级单位不能是本单位或其下级', en: 'a unit cannot stand below itself' },
  },
  'person.unknown': { status: 404, title: { zh: '没有这个人员', en: 'no such person' } },
  'person.usernameTaken': {
    status: 409,
    title: { zh: '用户名已被使用', en: 'the user name is in use' },
    detail: { zh: '用户名 {username}', en: 'user name {username}' },
  },
  'person.lastAdministrator': {
    status: 409,
    title: { zh: '至少要保留一名可登录的管理员', en: 'one active administrator must remain' },
    detail: { zh: '这是最后一名 {role}', en: 'this is the last {role}' },
  },
  'role.own': {
    status: 403,
    title: { zh: '不能给自己授权', en: 'nobody grants rights to themselves' },
    hint: { zh: '请另一名安全管理员办理', en: 'have another security administrator do it' },
  },
  'role.appoint.unknown': {
    status: 422,
    title: { zh: '只能任命管理员', en: 'only administrators are appointed here' },
    detail: { zh: '可选：{roles}', en: 'one of {roles}' },
  },
  'role.appoint.held': {
    status: 409,
    title: { zh: '已有人担任，应由安全管理员授权', en: 'somebody is one already: the security administrator grants' },
    detail: { zh: '{role}：{username}', en: '{role}: {username}' },
  },
  'role.separate': {
    status: 409,
    title: {
      zh: '三员分立：系统、安全、审计管理员不得互兼，也不得兼任其他角色',
      en: 'an administrator (system, security, audit) holds that one role and no other',
    },
    hint: { zh: '请为另一项职责另建账号', en: 'make another account for the other duty' },
  },
  'password.weak': {
    status: 422,
    title: { zh: '密码不符合要求', en: 'the password is too weak' },
    hint: {
      zh: '请按 errors 中的原因另选一个：足够长，不含姓名、用户名、单位，不是常见密码，近期未用过',
      en: 'choose another by the reasons in errors: long enough, without name, user name and unit, not common, not used lately',
    },
  },
  'person.erased': {
    status: 409,
    title: { zh: '该人员已注销', en: 'this person has been taken out already' },
  },
  'person.self': {
    status: 409,
    title: { zh: '不能注销自己', en: 'nobody takes themselves out' },
    hint: { zh: '请由另一位安全管理员办理', en: 'another security administrator does it' },
  },
  'csv.encoding': {
    status: 422,
    title: { zh: '无法识别文件编码', en: 'the encoding of the file is not recognised' },
    hint: { zh: '请另存为 UTF-8 或 GB18030 编码的 CSV', en: 'save it as CSV in UTF-8 or GB18030' },
  },
  'csv.malformed': {
    status: 422,
    title: { zh: 'CSV 格式有误', en: 'the CSV is malformed' },
    detail: { zh: '第 {line} 行：{reason}', en: 'line {line}: {reason}' },
  },
  'csv.columns': {
    status: 422,
    title: { zh: 'CSV 的列不对，未作任何更改', en: 'the columns of the CSV are wrong, nothing was changed' },
    hint: { zh: '应有的列：{columns}', en: 'the columns are: {columns}' },
  },
  'csv.rows': {
    status: 422,
    title: { zh: 'CSV 中有错误的行，未作任何更改', en: 'rows of the CSV are wrong, nothing was changed' },
    detail: { zh: '{count} 处错误', en: '{count} errors' },
    hint: {
      zh: '请按 errors 中的行与列改正后重新导入',
      en: 'correct the rows and columns in errors, then import again',
    },
  },
  'csv.tooManyRows': {
    status: 413,
    title: { zh: 'CSV 行数过多', en: 'the CSV has too many rows' },
    detail: { zh: '最多 {limit} 行', en: 'at most {limit} rows' },
  },
});
