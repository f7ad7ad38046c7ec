import type { CaseEvent } from '../../workflows/machine/context.ts';
import type { Text } from '../../workflows/text.ts';

/** What happens in cases, as the record calls it; `start` is how a case begins. */
const EVENTS: Readonly<
  Record<CaseEvent['type'] | 'start' | 'suspend' | 'resume' | 'redate' | 'migrate' | 'unmigrate', Text>
> = {
  start: { zh: '流程启动', en: 'a case begins' },
  act: { zh: '办理事项', en: 'somebody acts on a task' },
  people: { zh: '确定办理人', en: 'those who act are found' },
  reseat: { zh: '重新确定办理人', en: 'those who act are looked for again' },
  timer: { zh: '期限或催办到点', en: 'a deadline or a reminder comes due' },
  message: { zh: '收到消息', en: 'a message arrives' },
  gathered: { zh: '各单位到齐', en: 'all have arrived' },
  passed: { zh: '共同环节完成', en: 'the step of the whole cycle is over' },
  served: { zh: '系统计算完成', en: 'a value is computed' },
  complete: { zh: '环节完成', en: 'a step is complete' },
  child: { zh: '子流程办结', en: 'a case inside is over' },
  retrieve: { zh: '取回', en: 'a decision is taken back' },
  withdraw: { zh: '撤回', en: 'a case is withdrawn' },
  reassign: { zh: '改派办理人', en: 'a task is given to somebody else' },
  jump: { zh: '跳转环节', en: 'a case is put elsewhere' },
  cancel: { zh: '终止流程', en: 'a case is cancelled' },
  suspend: { zh: '挂起流程', en: 'a case is suspended' },
  resume: { zh: '恢复流程', en: 'a case goes on' },
  redate: { zh: '按新日历重算期限', en: 'deadlines follow the changed calendar' },
  migrate: { zh: '换用新版模板', en: 'a case moves to a newer template' },
  unmigrate: { zh: '换回原版模板', en: 'a case moves back to its former template' },
};

/** What is neither a route nor an event. */
const OTHERS: Readonly<Record<string, Text>> = {
  'account.lock': { zh: '账号锁定', en: 'an account is locked' },
  'account.rescue': { zh: '在服务器上重置账号', en: 'an account is rescued on the server' },
  'audit.archive': { zh: '审计归档', en: 'rows of the audit are archived' },
  'backup.make': { zh: '备份', en: 'a backup is made' },
  'backup.restore': { zh: '恢复备份', en: 'a backup is restored' },
  'database.change': { zh: '任务或数据库侧改动', en: 'a job, or somebody at the database, changes data' },
  'ldap.sync': { zh: '目录同步', en: 'people and units follow the directory' },
  'passwordLink.send': { zh: '发出密码链接', en: 'a link for a password is sent' },
  'people.data': { zh: '导出个人信息', en: 'personal data are exported' },
  'people.erase': { zh: '删除个人信息', en: 'personal data are erased' },
  'schema.migrate': { zh: '升级数据库结构', en: 'the schema is brought up to date' },
  'templates.ship': { zh: '载入内置模板', en: 'a shipped template is loaded' },
};

/** What an action of the audit is called: a route by its summary. Undefined: one of an older or newer version. */
export const makeActionNames = (routes: readonly { id: string; summary: Text }[]) => {
  const named = new Map(routes.map(({ id, summary }) => [id, summary]));
  return (action: string): Text | undefined =>
    action.startsWith('case.')
      ? (EVENTS[action.slice('case.'.length) as keyof typeof EVENTS] ?? named.get(action))
      : (OTHERS[action] ?? named.get(action));
};
