import { periodOf } from '../indicators/period.ts';
import type { Text } from '../text.ts';

/** What a light withholds from a unit (新晃): the bonus of a stage, which is the period of the light, or all of the year. */
export interface Bar {
  /** Of the entry in the register of warnings. */
  number: number;
  of: 'stage' | 'year';
  /** Of the light. */
  period: string | null;
}

/** A bonus, and the stage that it is for where it is for one. */
export interface BonusFor {
  kind: 'bonus' | 'deduction' | 'veto';
  period: string | null;
}

/** What withholds an entry: nothing but a bonus is withheld, and a stage's bar only bonuses of a stage that shares days with it. */
export const barOf = ({ kind, period }: BonusFor, bars: readonly Bar[]): Bar | undefined =>
  kind === 'bonus'
    ? bars.find((bar) => bar.of === 'year' || (period !== null && bar.period !== null && meet(period, bar.period)))
    : undefined;

const meet = (one: string, other: string): boolean => {
  const [a, b] = [periodOf(one), periodOf(other)];
  return a !== undefined && b !== undefined && a.start <= b.end && b.start <= a.end;
};

/** Why a bonus counts for nothing. */
export const barInWords = ({ number, of, period }: Bar): Text => {
  const [zh, en] = period === null ? ['', ''] : [` ${period} `, ` for ${period}`];
  return of === 'stage'
    ? {
        zh: `第 ${number} 号预警：取消${zh}阶段奖励，不计分`,
        en: `no. ${number}: no bonus of the stage${en}, so it counts 0`,
      }
    : {
        zh: `第 ${number} 号预警（${period ?? ''}）：取消全年奖励，不计分`,
        en: `no. ${number}${en}: no bonus in the year, so it counts 0`,
      };
};
