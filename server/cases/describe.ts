import type { JsonObject } from '../../workflows/json.ts';
import type { Text } from '../../workflows/text.ts';
import { ACTION_NAMES, nameOf, RUNG_NAMES } from './names.ts';

interface Named {
  actor: string | undefined;
  /** For whom the actor stood in. */
  behalf: string | undefined;
  block: Text | undefined;
  to: string | undefined;
}

const ACTS: Record<string, Text> = {
  submit: { zh: '提交了', en: 'submitted' },
  approve: { zh: '同意了', en: 'approved' },
  return: { zh: '退回了', en: 'returned' },
  reject: { zh: '否决了', en: 'rejected' },
  abstain: { zh: '弃权，事项为', en: 'abstained in' },
  claim: { zh: '签收了', en: 'claimed' },
  unclaim: { zh: '退签了', en: 'gave back' },
  remove: { zh: '减签，事项为', en: 'removed an approver from' },
  retrieve: { zh: '取回了', en: 'took back' },
};

/** What happened, as a sentence for the timeline. */
export const describeEvent = (type: string, event: JsonObject, { actor, behalf, block, to }: Named): Text => {
  const who = {
    zh: (actor ?? '系统') + (behalf ? `代${behalf}` : ''),
    en: (actor ?? 'The system') + (behalf ? `, for ${behalf},` : ''),
  };
  const what = { zh: block ? `“${block.zh}”` : '', en: block ? `"${block.en}"` : '' };
  switch (type) {
    case 'start':
      return { zh: `${who.zh}启动了流程`, en: `${who.en} started the case` };
    case 'act': {
      if (event.action === 'transfer') {
        return { zh: `${who.zh}将${what.zh}转给${to ?? ''}办理`, en: `${who.en} handed ${what.en} to ${to ?? ''}` };
      }
      if (event.action === 'delegate') {
        return { zh: `${who.zh}将${what.zh}委派给${to ?? ''}`, en: `${who.en} delegated ${what.en} to ${to ?? ''}` };
      }
      if (event.action === 'addBefore' || event.action === 'addAfter' || event.action === 'addParallel') {
        const way = nameOf(ACTION_NAMES, String(event.action));
        return {
          zh: `${who.zh}为${what.zh}${way.zh}：${to ?? ''}`,
          en: `${who.en}: ${way.en.toLowerCase()} in ${what.en}: ${to ?? ''}`,
        };
      }
      const act = nameOf(ACTS, String(event.action));
      return { zh: `${who.zh}${act.zh}${what.zh}`, en: `${who.en} ${act.en} ${what.en}`.trim() };
    }
    case 'timer': {
      const rung = nameOf(RUNG_NAMES, String(event.do));
      return { zh: `${what.zh}${rung.zh}`, en: `${what.en} ${rung.en}`.trim() };
    }
    case 'message':
      return { zh: `收到消息 ${String(event.message)}`, en: `The message ${String(event.message)} arrived` };
    case 'gathered':
      return { zh: `各单位均已到达${what.zh}`, en: `Everyone has arrived at ${what.en}` };
    case 'passed':
      return { zh: `周期已完成${what.zh}`, en: `The cycle has passed ${what.en}` };
    case 'served':
    case 'complete':
      return { zh: `完成${what.zh}`, en: `${what.en} is computed` };
    case 'child':
      return { zh: `${what.zh}的一项已完成`, en: `An item of ${what.en} is done` };
    case 'reassign':
      return { zh: `${who.zh}将${what.zh}改派给${to ?? ''}`, en: `${who.en} gave ${what.en} to ${to ?? ''}` };
    case 'reseat':
      return { zh: `${what.zh}已有人办理`, en: `Somebody acts in ${what.en} now` };
    case 'redate': {
      const n = Number(event.dates);
      return {
        zh: `工作日历有变，${n} 个期限与提醒已重新计算`,
        en: `The working days changed: ${n} ${n === 1 ? 'date was' : 'dates were'} counted again`,
      };
    }
    case 'retrieve':
      return { zh: `${who.zh}取回了${what.zh}`, en: `${who.en} took ${what.en} back` };
    case 'withdraw':
      return { zh: `${who.zh}撤销了，退回发起环节`, en: `${who.en} withdrew it; it is back where it began` };
    case 'jump':
      return { zh: `${who.zh}将流程转到${what.zh}`, en: `${who.en} put the case at ${what.en}` };
    case 'suspend':
      return { zh: `${who.zh}挂起了流程`, en: `${who.en} suspended the case` };
    case 'resume':
      return { zh: `${who.zh}恢复了流程`, en: `${who.en} resumed the case` };
    case 'migrate':
      return {
        zh: `${who.zh}将流程迁移到新的模板版本`,
        en: `${who.en} moved the case to a newer version of its template`,
      };
    case 'unmigrate':
      return { zh: `${who.zh}撤销了模板版本迁移`, en: `${who.en} took the move to the newer version back` };
    case 'cancel':
      return { zh: `${who.zh}取消了流程`, en: `${who.en} cancelled the case` };
    default:
      return { zh: type, en: type };
  }
};
