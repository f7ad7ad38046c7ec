import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Text } from '../../text.ts';
import type { Block } from '../block.ts';
import { getAt } from './path.ts';
import { freshKey, takenKeys } from './tree.ts';

export type BlockType = Block['type'];

export interface BlockKind {
  type: BlockType;
  name: Text;
  /** What it does, in a line. */
  does: Text;
}

const kind = (type: BlockType, name: [string, string], does: [string, string]): BlockKind => ({
  type,
  name: { zh: name[0], en: name[1] },
  does: { zh: does[0], en: does[1] },
});

/** What a block can be, in the order in which one looks for it. */
export const BLOCK_KINDS: readonly BlockKind[] = [
  kind('task', ['填报', 'Task'], ['由指定的人填写一张表单并提交', 'somebody fills in a form and submits it']),
  kind(
    'approval',
    ['审批', 'Approval'],
    ['会签、或签、依次或票签；可退回前面的步骤', 'one, all, in turn or by vote; may return to an earlier step'],
  ),
  kind(
    'branch',
    ['条件分支', 'Branch'],
    ['按条件走其中一条路径，都不符合时走“其他”', 'goes the first path whose condition holds, else the other'],
  ),
  kind(
    'parallel',
    ['并行', 'Parallel'],
    ['几条路径同时进行，全部结束后继续', 'several paths at once; goes on when all have ended'],
  ),
  kind(
    'repeat',
    ['循环', 'Repeat'],
    ['按月、季度、科室或表格的行重复同样的步骤', 'the same steps for each month, quarter, section or row'],
  ),
  kind(
    'gate',
    ['门槛', 'Gate'],
    ['条件必须全部满足，否则退回或终止', 'every condition must hold, else back or the end'],
  ),
  kind(
    'compute',
    ['计算', 'Compute'],
    ['按公式、计分规则算出数值、得分、排名、等次', 'a value by a formula or rule: score, rank, grade'],
  ),
  kind('wait', ['等待', 'Wait'], ['等到某一天，或等到一条消息', 'until a day, or for a message']),
  kind('window', ['公示', 'Publicity'], ['公示到某一天为止', 'a dated publicity window']),
  kind(
    'ballots',
    ['评议投票', 'Ballots'],
    ['几组评价主体各自打分（全周期一次）', 'groups of assessors give their ballots, once a cycle'],
  ),
  kind('notify', ['通知', 'Notice'], ['发邮件和站内通知，不等任何人', 'tells people, waits for nobody']),
];

/** A new block of a kind, complete but for what only its author knows; it suits the draft that it is made for. */
export function newBlock(type: BlockType, content: Json): JsonObject {
  const taken = takenKeys(content);
  const key = (wish: string) => {
    const found = freshKey(wish, taken);
    taken.add(found);
    return found;
  };
  const { name } = BLOCK_KINDS.find((one) => one.type === type) as BlockKind;
  const base = { key: key(WISHES[type]), type, name: { ...name } };
  const week = { from: 'opened', workingDays: 5 };
  const listed = (zh: string, en: string) => ({ key: key('path'), name: { zh, en }, blocks: [] });
  switch (type) {
    case 'task':
      return { ...base, who: [someone(content)], deadline: week, fields: [] };
    case 'approval':
      return { ...base, who: [{ kind: 'head' }], mode: 'any', deadline: week };
    case 'branch':
      return {
        ...base,
        paths: [{ ...listed('路径一', 'Path 1'), if: 'true' }],
        otherwise: listed('其他', 'Otherwise'),
      };
    case 'parallel':
      return { ...base, branches: [listed('分支一', 'Branch 1'), listed('分支二', 'Branch 2')] };
    case 'repeat': {
      const inner = newBlock('task', content);
      return { ...base, over: 'quarters', mode: 'oneByOne', blocks: [{ ...inner, key: key(String(inner.key)) }] };
    }
    case 'gate':
      return {
        ...base,
        requires: [{ if: 'true', reason: { zh: '未达到条件', en: 'The condition is not met' } }],
        onFail: 'end',
      };
    case 'compute':
      return { ...base, into: String(base.key), rule: { kind: 'feel', expression: '0' } };
    case 'wait':
      return { ...base, until: week };
    case 'window':
      return { ...base, until: week };
    case 'ballots':
      return { ...base, per: 'cycle', groups: [firstGroup(content)], until: { from: 'opened', workingDays: 10 } };
    case 'notify':
      return {
        ...base,
        who: [someone(content)],
        subject: { zh: '通知', en: 'Notice' },
        body: { zh: '请查收。', en: 'Please take note.' },
      };
  }
}

const WISHES: Record<BlockType, string> = {
  task: 'task',
  approval: 'approval',
  branch: 'branch',
  parallel: 'parallel',
  repeat: 'repeat',
  gate: 'gate',
  compute: 'value',
  wait: 'wait',
  window: 'window',
  ballots: 'ballots',
  notify: 'notice',
};

/** The first role of a unit, else the first of the city, else the head of the unit. */
function someone(content: Json): JsonObject {
  const roles = getAt(content, ['roles']);
  const entries = isJsonObject(roles ?? null) ? Object.entries(roles as JsonObject) : [];
  const inUnit = entries.find(([, role]) => isJsonObject(role) && role.scope === 'unit');
  if (inUnit) return { kind: 'role', role: inUnit[0], of: 'participant' };
  return entries[0] ? { kind: 'role', role: entries[0][0] } : { kind: 'head' };
}

function firstGroup(content: Json): string {
  const key = getAt(content, ['assessors', 0, 'key']);
  return typeof key === 'string' ? key : 'assessors';
}
