import type { Text } from '../text.ts';

/**
 * What others saw of an indicator at a unit in a period, for formulas beside the codes of indicators: the complaints that were put down
 * to it and received in the period (solved, and solved by the unit in their time), and the numbers that observers wrote down at its
 * observation points.
 */
export const SEEN = {
  'complaints.received': { zh: '受理投诉', en: 'complaints received' },
  'complaints.solved': { zh: '已办结', en: 'solved' },
  'complaints.inTime': { zh: '按期办结', en: 'solved in time' },
  'observations.n': { zh: '观测次数', en: 'observations' },
  'observations.mean': { zh: '观测平均值', en: 'mean of the observations' },
} as const satisfies Record<string, Text>;
export type Seen = keyof typeof SEEN;

export const isSeen = (name: string): name is Seen => Object.hasOwn(SEEN, name);

/**
 * Which figures a value comes from, in words.
 *
 * @example toldSeen({ 'complaints.received': '12', 'complaints.inTime': '9' })?.en // 'complaints received 12, solved in time 9'
 * @returns null where there are none
 */
export function toldSeen(figures: Readonly<Partial<Record<Seen, string | null>>>): Text | null {
  const known = Object.entries(figures).filter(([name]) => isSeen(name)) as [Seen, string | null][];
  if (known.length === 0) return null;
  const told = (language: keyof Text, separator: string) =>
    known.map(([name, figure]) => `${SEEN[name][language]} ${figure ?? '—'}`).join(separator);
  return { zh: told('zh', '，'), en: told('en', ', ') };
}
