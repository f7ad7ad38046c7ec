import type { Counted } from '../../workflows/report/data.ts';
import type { Text } from '../../workflows/text.ts';

/** What reports call kinds and states, in their order. */
export const CYCLE_STATUS: Readonly<Record<string, Text>> = {
  launching: { zh: '启动中', en: 'being launched' },
  running: { zh: '运行中', en: 'running' },
  suspended: { zh: '已挂起', en: 'suspended' },
  closed: { zh: '已闭环', en: 'closed' },
  cancelled: { zh: '已终止', en: 'cancelled' },
};

export const WARNING_KINDS: Readonly<Record<string, Text>> = {
  supervise: { zh: '督办单', en: 'supervision orders' },
  warning: { zh: '预警通知', en: 'warnings' },
  letter: { zh: '专函', en: 'special letters' },
  talk: { zh: '约谈', en: 'talks' },
  report: { zh: '书面报告', en: 'written reports' },
  points: { zh: '提请扣分', en: 'points proposed' },
  noBonus: { zh: '取消奖励', en: 'bonuses withheld' },
  track: { zh: '跟踪关注', en: 'tracked' },
};

export const WARNING_STATES: Readonly<Record<string, Text>> = {
  noted: { zh: '已登记', en: 'noted' },
  open: { zh: '待答复', en: 'to be answered' },
  answered: { zh: '已答复', en: 'answered' },
  accepted: { zh: '已通过', en: 'accepted' },
  returned: { zh: '已退回', en: 'returned' },
  lapsed: { zh: '逾期失效', en: 'lapsed' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
};

export const FLAG_STATES: Readonly<Record<string, Text>> = {
  open: { zh: '待说明', en: 'to be explained' },
  explained: { zh: '已说明', en: 'explained' },
  dismissed: { zh: '已排除', en: 'dismissed' },
  confirmed: { zh: '已认定', en: 'confirmed' },
  corrected: { zh: '已更正', en: 'corrected' },
};

export const FINDING_SOURCES: Readonly<Record<string, Text>> = {
  inspection: { zh: '督查', en: 'inspections' },
  observation: { zh: '观测点', en: 'observation points' },
  complaint: { zh: '投诉', en: 'complaints' },
  survey: { zh: '社会评价', en: 'surveys' },
  result: { zh: '考评结果', en: 'results' },
};

export const FINDING_STATES: Readonly<Record<string, Text>> = {
  open: { zh: '待整改', en: 'open' },
  rectifying: { zh: '整改中', en: 'being rectified' },
  closed: { zh: '已了结', en: 'dealt with' },
};

/** Counts by kind and state, in the order of their names. */
export function counted(
  rows: readonly { kind: string; state: string; n: number }[],
  kinds: Readonly<Record<string, Text>>,
  states: Readonly<Record<string, Text>>,
): Counted[] {
  return Object.entries(kinds).map(([kind, name]) => ({
    name,
    states: Object.entries(states).map(([state, stateName]) => ({
      name: stateName,
      count: rows.filter((row) => row.kind === kind && row.state === state).reduce((sum, { n }) => sum + n, 0),
    })),
  }));
}
