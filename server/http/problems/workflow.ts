import { entries } from './entry.ts';

/** Templates, cycles, cases, tasks: what the engine and its API refuse. */
export const workflowProblems = entries({
  'template.unknown': { status: 404, title: { zh: '没有这个模板或版本', en: 'no such template or version' } },
  'template.red': {
    status: 422,
    title: { zh: '模板检查未通过，未作任何更改', en: 'the template lints red, nothing was changed' },
    hint: { zh: '请按 errors 逐项改正', en: 'correct each of the errors' },
  },
  'template.published': {
    status: 409,
    title: { zh: '已发布的版本不能修改', en: 'a published version never changes' },
    hint: { zh: '请新建一个草稿版本', en: 'make a new draft version' },
  },
  'template.draft': {
    status: 409,
    title: { zh: '模板版本尚未发布', en: 'the template version is not published' },
    hint: { zh: '请先发布', en: 'publish it first' },
  },
  'trial.busy': {
    status: 429,
    title: { zh: '已有一个演练或模拟正在进行', en: 'a rehearsal or simulation is under way already' },
    hint: { zh: '请待其结束后再试', en: 'try again when it has ended' },
  },
  'trial.database': {
    status: 503,
    title: { zh: '无法建立演练用的临时数据库', en: 'no database could be made to try the template out in' },
    hint: {
      zh: '数据库用户需要 CREATEDB 权限；也可以在命令行用 bihuan template rehearse',
      en: 'the database user needs CREATEDB; or use bihuan template rehearse on the command line',
    },
  },
  'trial.failed': {
    status: 500,
    title: { zh: '演练或模拟中断', en: 'the rehearsal or simulation broke off' },
    detail: { zh: '原因：{reason}', en: 'because: {reason}' },
  },
  'trial.tooLong': {
    status: 504,
    title: { zh: '演练或模拟用时过长，已停止', en: 'the rehearsal or simulation took too long and was stopped' },
    detail: { zh: '上限为 {limit} 秒', en: 'the limit is {limit} seconds' },
    hint: {
      zh: '减少参评单位，或在命令行用 bihuan simulate、bihuan template rehearse',
      en: 'fewer units, or bihuan simulate and bihuan template rehearse on the command line',
    },
  },
  'cycle.unknown': { status: 404, title: { zh: '没有这个周期', en: 'no such cycle' } },
  'cycle.participants': {
    status: 422,
    title: { zh: '参评单位有误', en: 'the participants are wrong' },
    hint: {
      zh: '参评单位须在用、不重复，类别须在模板中',
      en: 'participants are active, named once, and of a category of the template',
    },
  },
  'cycle.state': {
    status: 409,
    title: { zh: '周期当前状态不允许此操作', en: 'the state of the cycle does not allow this' },
    detail: { zh: '当前状态为 {state}', en: 'it is {state}' },
  },
  'migration.version': {
    status: 422,
    title: { zh: '只能迁移到同一模板的较新版本', en: 'only a newer version of the same template can be moved to' },
    detail: { zh: '当前版本为 {current}，指定的是 {version}', en: 'it runs {current}, {version} was named' },
  },
  'migration.unsafe': {
    status: 409,
    title: { zh: '有流程不能安全迁移，未作任何更改', en: 'not every case can be moved safely, nothing was changed' },
    hint: {
      zh: '请按 errors 补充映射，或待流程离开这些环节后再迁移',
      en: 'map what each error names, or wait until the cases have left it',
    },
  },
  'migration.running': {
    status: 409,
    title: { zh: '该周期正在迁移', en: 'the cycle is being moved already' },
    detail: { zh: '正在迁移到版本 {to}', en: 'to version {to}' },
    hint: { zh: '请用同样的版本与映射继续，或撤销该次迁移', en: 'go on with the same version and mapping, or undo it' },
  },
  'migration.none': {
    status: 409,
    title: { zh: '没有可撤销的迁移', en: 'there is no move to undo' },
  },
  'migration.passed': {
    status: 409,
    title: { zh: '迁移后流程已有新的进展，不能撤销', en: 'cases have moved on since, so the move stays' },
    hint: { zh: '可发布更新的版本再行迁移', en: 'publish a newer version and move to that' },
  },
  'case.unknown': { status: 404, title: { zh: '没有这个流程', en: 'no such case' } },
  'case.finished': {
    status: 409,
    title: { zh: '流程已结束', en: 'the case has ended' },
    detail: { zh: '结束状态：{state}', en: 'it is {state}' },
  },
  'case.suspended': {
    status: 409,
    title: { zh: '流程已挂起', en: 'the case is suspended' },
    hint: { zh: '恢复后才能办理', en: 'it must be resumed first' },
  },
  'case.exists': { status: 409, title: { zh: '流程已存在', en: 'the case exists already' } },
  'revision.stale': {
    status: 409,
    title: { zh: '流程已有新的进展', en: 'the case has moved on' },
    detail: { zh: '当前修订号为 {current}', en: 'the current revision is {current}' },
    hint: { zh: '请刷新后再办理', en: 'read it again, then act' },
  },
  'event.refused': {
    status: 409,
    title: { zh: '当前状态不允许此操作', en: 'not allowed in this state' },
    detail: { zh: '此时可以：{allowed}', en: 'allowed now: {allowed}' },
  },
  'task.unknown': { status: 404, title: { zh: '没有这个任务', en: 'no such task' } },
  'task.closed': {
    status: 409,
    title: { zh: '任务已办结', en: 'the task is closed' },
    detail: { zh: '结果：{outcome}', en: 'outcome: {outcome}' },
  },
  'task.notYours': {
    status: 403,
    title: { zh: '这不是您的任务', en: 'this is not your task' },
    hint: { zh: '请由任务的办理人操作', en: 'one of its candidates must act' },
  },
  'task.recused': {
    status: 403,
    title: { zh: '应当回避', en: 'this person must recuse themselves' },
    detail: {
      zh: '参与过所评议事项的人员不得在此办理',
      en: 'whoever had a hand in what is judged here does not act here',
    },
    hint: { zh: '请由其他人员办理', en: 'somebody else must act' },
  },
  'reason.required': {
    status: 422,
    title: { zh: '必须填写理由', en: 'this needs a reason' },
    hint: { zh: '请填写理由后重试', en: 'say why, then act again' },
  },
  'transfer.to.missing': {
    status: 422,
    title: { zh: '没有指定接收人', en: 'this needs somebody to be named' },
    hint: { zh: '请选择一个人', en: 'choose a person' },
  },
  'delegation.unknown': { status: 404, title: { zh: '没有这项授权', en: 'no such delegation' } },
  'delegation.self': {
    status: 422,
    title: { zh: '不能授权给本人', en: 'nobody can stand in for themselves' },
    hint: { zh: '请选择另一位代理人', en: 'choose somebody else' },
  },
  'delegation.window': {
    status: 422,
    title: { zh: '授权期限有误', en: 'the window of the delegation is wrong' },
    hint: {
      zh: '结束须晚于开始，开始不能早于现在；不填开始即立即生效',
      en: 'it ends after it starts and does not start in the past; without a start it starts now',
    },
  },
  'delegation.inactive': {
    status: 422,
    title: { zh: '代理人的账号已停用', en: 'the account of the stand-in is closed' },
    hint: { zh: '请选择在岗的代理人', en: 'choose somebody with an open account' },
  },
  'delegation.overlap': {
    status: 409,
    title: {
      zh: '同一时段、同一范围已授权给他人',
      en: 'somebody stands in for this person in that time and scope already',
    },
    hint: {
      zh: '请先终止已有授权，或错开时段、范围',
      en: 'revoke the other one first, or choose another time or scope',
    },
  },
  'delegation.loop': {
    status: 409,
    title: { zh: '授权会形成循环代理', en: 'the delegations would run in a circle' },
    hint: {
      zh: '代理人在此时段已直接或间接授权给授权人',
      en: 'the stand-in has handed this work on, directly or not, to the person it comes from',
    },
  },
  'delegation.ended': {
    status: 409,
    title: { zh: '授权已终止', en: 'the delegation has ended' },
    hint: { zh: '请刷新后再看', en: 'read it again' },
  },
  'delegation.none': {
    status: 403,
    title: { zh: '您现在不能代此人办理此任务', en: 'you do not stand in for this person here and now' },
    hint: {
      zh: '授权可能尚未开始、已经结束，或不包括此环节',
      en: 'the delegation has not begun, has ended, or is for other work',
    },
  },
  'delegation.own': {
    status: 403,
    title: { zh: '不能代他人审批自己发起的事项', en: 'nobody approves for somebody else what they began themselves' },
    hint: { zh: '请由本人或另一位代理人办理', en: 'the approver themselves or another stand-in must act' },
  },
  'reassign.from': {
    status: 409,
    title: { zh: '任务不在此人名下', en: 'the task is not this person’s' },
    hint: { zh: '请刷新后再看', en: 'read it again' },
  },
  'approver.there': {
    status: 409,
    title: { zh: '此人已在本环节的办理人之列', en: 'they are an approver of this step already' },
    hint: { zh: '请选择另一位', en: 'choose somebody else' },
  },
  'approver.gone': {
    status: 409,
    title: {
      zh: '只能减去自己加签且尚未办理的人',
      en: 'only an approver whom you added and who has not decided can be removed',
    },
    hint: { zh: '请刷新后再看', en: 'read it again' },
  },
  'claim.alone': {
    status: 409,
    title: {
      zh: '任务没有其他候选人，无需签收或退签',
      en: 'nobody else could take this task, so there is nothing to claim or give back',
    },
    hint: { zh: '直接办理即可', en: 'just act on it' },
  },
  'return.target': {
    status: 422,
    title: { zh: '不能退回到这一步', en: 'it cannot be returned to that block' },
    hint: { zh: '请选择允许退回的更早环节', en: 'choose an earlier block that the template allows' },
  },
  'batch.notAllowed': {
    status: 409,
    title: { zh: '这一步不能成批办理', en: 'this step is not approved in batches' },
    hint: { zh: '请打开任务逐件办理', en: 'open the task and decide it on its own' },
  },
  'retrieve.late': {
    status: 409,
    title: { zh: '后面的人已经办理，或不是您办理的，不能取回', en: 'too late to take it back, or it was not yours' },
    hint: { zh: '请联系后一环节的办理人退回', en: 'ask whoever acted next to return it' },
  },
  'withdraw.late': {
    status: 409,
    title: {
      zh: '已有人办理，或不是您发起的，不能撤销',
      en: 'somebody has acted on it, or you did not begin it, so it cannot be withdrawn',
    },
    hint: { zh: '请联系办理人退回', en: 'ask whoever acts now to return it' },
  },
  'jump.target': {
    status: 422,
    title: { zh: '不能转到这一步', en: 'the case cannot be put at that block' },
    hint: { zh: '可以转到：{allowed}', en: 'possible: {allowed}' },
  },
  'transfer.to.same': {
    status: 422,
    title: { zh: '任务已在此人名下', en: 'the task is theirs already' },
    hint: { zh: '请选择另一位接收人', en: 'choose somebody else' },
  },
  'form.invalid': {
    status: 422,
    title: { zh: '表单填写有误，未提交', en: 'the form is wrong, nothing was submitted' },
    hint: { zh: '请按 errors 逐项改正', en: 'correct each of the errors' },
  },
  'incident.unknown': { status: 404, title: { zh: '没有这个异常', en: 'no such incident' } },
  'incident.resolved': { status: 409, title: { zh: '异常已处理', en: 'the incident is resolved already' } },
  'engine.unavailable': {
    status: 503,
    title: { zh: '引擎暂时不可用，不能确定操作是否完成', en: 'the engine is unavailable, the outcome is not known' },
    hint: { zh: '请稍后用同一个 Idempotency-Key 重试', en: 'repeat later with the same Idempotency-Key' },
  },
  'engine.incident': {
    status: 500,
    title: {
      zh: '流程执行出错，已记录为异常，流程未改变',
      en: 'the step failed, an incident was recorded, the case is unchanged',
    },
    hint: { zh: '请将异常编号 {incidentId} 告知管理员', en: 'tell an administrator the incident {incidentId}' },
  },
  'notice.unknown': { status: 404, title: { zh: '没有这条通知', en: 'no such notice' } },
  'evidence.unknown': { status: 404, title: { zh: '没有这个文件', en: 'no such file' } },
  'evidence.used': { status: 409, title: { zh: '文件已提交，不能删除', en: 'the file has been submitted and stays' } },
  'file.missing': { status: 422, title: { zh: '没有收到文件', en: 'no file was received' } },
  'file.tooLarge': {
    status: 413,
    title: { zh: '文件过大', en: 'the file is too large' },
    detail: { zh: '上限为 {limitMb} MB', en: 'the limit is {limitMb} MB' },
  },
  'file.type': {
    status: 422,
    title: {
      zh: '不支持的文件类型，或内容与扩展名不符',
      en: 'the type is not accepted, or does not match the content',
    },
    hint: { zh: '可用类型：{accepted}', en: 'accepted: {accepted}' },
  },
});
