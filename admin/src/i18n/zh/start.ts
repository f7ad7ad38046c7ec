export const start = {
  title: '这里还没有单位',
  help: '先有单位和人员，才能启动周期。可以从 CSV 表格导入本市的单位，再导入人员；也可以先载入示例市，熟悉以后再从头开始。',
  import: '导入单位',
  add: '逐个新增',
  sample: '载入示例市',
  sampleHelp:
    '示例市有 500 多个单位、1000 多名虚构的人员。载入以后不能逐项清除，要从头开始须换一个数据库，见 docs/operations.md。',
  password: '示例账号的密码',
  passwordHelp: '所有示例账号都用这个密码登录；至少 8 个字符，不能是常见密码。',
  load: '载入',
  loading: '正在载入…',
  loaded: '已载入 %{orgs} 个单位、%{people} 名人员。可以用账号 office 登录，启动周期。',
  isSample:
    '这里的单位和人员是示例数据。要正式使用，请换一个空的数据库（内置数据库则换一个 BIHUAN_DATA 目录），不带 --demo 启动，再导入本市的单位和人员。',
};
