import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import { type Period, periodOf } from './period.ts';
import type { Frequency } from './schema.ts';

/** What is known of an indicator when a value comes in. */
export interface Expected {
  code: string;
  unit: string;
  frequency: Frequency;
  formula: string | null;
  /** False where something computes it: its formula, or its parts. */
  byHand: boolean;
  plausibleMin: string | null;
  plausibleMax: string | null;
}

export interface ValueRefusal {
  id: 'value.unit' | 'value.period' | 'value.decimal' | 'value.impossible' | 'value.computed';
  /** The part of the entry that is wrong. */
  at: 'unit' | 'period' | 'value' | 'code';
  message: Text;
}

const refuse = (id: ValueRefusal['id'], at: ValueRefusal['at'], zh: string, en: string): ValueRefusal => ({
  id,
  at,
  message: { zh, en },
});

const DECIMAL = /^-?\d{1,26}(\.\d{1,12})?$/;

const sameUnit = (a: string, b: string): boolean => {
  const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();
  return plain(a) === plain(b);
};

/** The period that a key means, if it is one of this frequency in this year. */
export function expectedPeriod(frequency: Frequency, year: number, key: string): Period | undefined {
  const period = periodOf(key);
  return period?.frequency === frequency && period.year === year ? period : undefined;
}

/** Why a value cannot be taken; null when it can. */
export function refuseValue(
  expected: Expected,
  { value, period, unit, year }: { value: string; period: string; unit?: string | undefined; year: number },
): ValueRefusal | null {
  if (!expected.byHand) {
    const [zh, en] = expected.formula === null ? ['下级数据汇总', 'from its parts'] : ['公式计算', 'by its formula'];
    return refuse(
      'value.computed',
      'code',
      `“${expected.code}”由${zh}得出，不接受报送。`,
      `"${expected.code}" is computed ${en} and is not reported.`,
    );
  }
  if (!expectedPeriod(expected.frequency, year, period))
    return refuse(
      'value.period',
      'period',
      `“${period}”不是 ${year} 年的${PERIODS[expected.frequency].zh}，应如 ${PERIODS[expected.frequency].like(year)}。`,
      `"${period}" is no ${expected.frequency} of ${year}; write it like ${PERIODS[expected.frequency].like(year)}.`,
    );
  if (unit !== undefined && !sameUnit(unit, expected.unit))
    return refuse(
      'value.unit',
      'unit',
      `计量单位应为“${expected.unit}”，不是“${unit}”。`,
      `The unit is "${expected.unit}", not "${unit}".`,
    );
  if (!DECIMAL.test(value))
    return refuse('value.decimal', 'value', '应为数，如 12.5，不带千分号和单位。', 'Must be a number like 12.5.');
  const { plausibleMin: min, plausibleMax: max } = expected;
  if ((min !== null && new Exact(value).lt(min)) || (max !== null && new Exact(value).gt(max)))
    return refuse(
      'value.impossible',
      'value',
      `${value} 不在可能的范围 ${min ?? '−∞'} 至 ${max ?? '+∞'} 之内。`,
      `${value} is outside of what is possible, ${min ?? '−∞'} to ${max ?? '+∞'}.`,
    );
  return null;
}

const PERIODS: Record<Frequency, { zh: string; like(year: number): string }> = {
  month: { zh: '月份', like: (year) => `${year}-03` },
  quarter: { zh: '季度', like: (year) => `${year}-Q1` },
  half: { zh: '半年', like: (year) => `${year}-H1` },
  year: { zh: '年度', like: (year) => `${year}` },
};
