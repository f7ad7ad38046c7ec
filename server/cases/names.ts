import { blockByKey } from '../../workflows/machine/track.ts';
import { PHASE_NAMES } from '../../workflows/template/phases.ts';
import type { CycleTemplate, PhaseKey } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';

/** What a template calls a phase. */
export const phaseName = (template: CycleTemplate, phase: PhaseKey): Text =>
  template.phases[phase].name ?? PHASE_NAMES[phase];

/** What a template calls a block. */
export const blockName = (template: CycleTemplate, key: string): Text =>
  blockByKey(template, key.replace(/~gather$/, ''))?.name ?? { zh: key, en: key };

/** What people do with a task, as on a button. */
export const ACTION_NAMES: Record<string, Text> = {
  submit: { zh: '提交', en: 'Submit' },
  approve: { zh: '同意', en: 'Approve' },
  return: { zh: '退回', en: 'Return' },
  reject: { zh: '否决', en: 'Reject' },
  transfer: { zh: '转办', en: 'Transfer' },
  abstain: { zh: '弃权', en: 'Abstain' },
  delegate: { zh: '委派', en: 'Delegate' },
  addBefore: { zh: '前加签', en: 'Add an approver before' },
  addAfter: { zh: '后加签', en: 'Add an approver after' },
  addParallel: { zh: '并加签', en: 'Add an approver beside' },
  remove: { zh: '减签', en: 'Remove an added approver' },
  claim: { zh: '签收', en: 'Claim' },
  unclaim: { zh: '退签', en: 'Give back' },
  retrieve: { zh: '取回', en: 'Take back' },
};

/** What people do with a case, as on a button. */
export const CASE_ACTION_NAMES: Record<string, Text> = {
  suspend: { zh: '挂起', en: 'Suspend' },
  resume: { zh: '恢复', en: 'Resume' },
  cancel: { zh: '终止', en: 'Terminate' },
  jump: { zh: '转到环节', en: 'Put at a block' },
  retrieve: { zh: '取回', en: 'Take back' },
  withdraw: { zh: '撤销', en: 'Withdraw' },
};

/** What a timer does when it fires. */
export const RUNG_NAMES: Record<string, Text> = {
  until: { zh: '到期', en: 'Time is up' },
  opens: { zh: '到期开启', en: 'Opens on its date' },
  notice: { zh: '通知', en: 'Notice' },
  remind: { zh: '提醒办理人', en: 'Remind' },
  head: { zh: '告知单位负责人', en: 'Tell the head of the unit' },
  superior: { zh: '告知上级', en: 'Tell the superior' },
  office: { zh: '告知绩效办', en: 'Tell the performance office' },
  supervise: { zh: '督办', en: 'Supervision order' },
  deduct: { zh: '提请扣分', en: 'Propose a deduction' },
  transfer: { zh: '移交办理', en: 'Hand over' },
  pass: { zh: '自动通过', en: 'Pass by itself' },
  return: { zh: '自动退回', en: 'Return by itself' },
};

export const nameOf = (names: Record<string, Text>, key: string): Text => names[key] ?? { zh: key, en: key };
