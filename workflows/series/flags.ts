import type { Decimal } from 'decimal.js';
import type { Direction } from '../indicators/schema.ts';
import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import type { FlagRule } from './schema.ts';

/** What is known of a value that was handed in; decimals as text. */
export interface FlagFacts {
  value: string | null;
  direction: Direction;
  /** As the unit reported it, and as the monitoring unit found it. */
  reported?: string | null;
  verified?: string | null;
  target?: string | null;
  /** What the definition allows. */
  min?: string | null;
  max?: string | null;
  /** Earlier periods, oldest first. */
  earlier?: readonly (string | null)[];
  /** Other units' values of the same indicator in the same period. */
  others?: readonly { name: string; value: string | null }[];
  /** Percent of the money that an audit found idle. */
  idle?: string | null;
  /** Percent of the target that the unit says it reached. */
  achieved?: string | null;
}

/** A suspicion about a value: which rule raised it, and why. */
export interface Flag {
  rule: string;
  kind: FlagRule['kind'];
  because: Text;
  supervise: boolean;
}

/** Every suspicion that the rules raise about a value. */
export function flagsOf(rules: readonly FlagRule[], facts: FlagFacts): Flag[] {
  return rules.flatMap((rule) => {
    const because = check(rule, facts);
    return because ? [{ rule: rule.key, kind: rule.kind, because, supervise: rule.supervise === true }] : [];
  });
}

const shown = (value: Decimal): string => value.toDecimalPlaces(2).toFixed();
const decimals = (texts: readonly (string | null)[] | undefined): Decimal[] =>
  (texts ?? []).flatMap((text) => (text === null ? [] : new Exact(text)));

function check(rule: FlagRule, facts: FlagFacts): Text | undefined {
  if (rule.kind === 'gap') return gap(rule.percent, facts);
  if (rule.kind === 'idle') return idle(rule, facts);
  if (facts.value === null) return undefined;
  const value = new Exact(facts.value);
  switch (rule.kind) {
    case 'outlier':
      return outlier(value, decimals(facts.earlier), rule);
    case 'jump':
      return jump(value, decimals(facts.earlier).at(-1), rule.percent);
    case 'impossible':
      return impossible(value, facts);
    case 'copied':
      return copied(value, rule, facts);
  }
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly Decimal[]): Decimal {
  const sorted = [...values].sort((a, b) => a.cmp(b));
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (!low || !high) throw new RangeError('the median of nothing');
  return low.plus(high).div(2);
}

/**
 * Robust z-score of Iglewicz and Hoaglin: 0.6745 (x − median) / MAD; where more than half of the values are equal (MAD = 0), by the
 * mean absolute deviation. Infinite for a value that differs where all others are the same.
 */
export function robustZ(value: Decimal, among: readonly Decimal[]): Decimal {
  const middle = median(among);
  const distances = among.map((each) => each.minus(middle).abs());
  const away = value.minus(middle);
  const mad = median(distances);
  if (!mad.isZero()) return away.times('0.6745').div(mad);
  const mean = Exact.sum(...distances).div(distances.length);
  if (!mean.isZero()) return away.div(mean.times('1.253314'));
  return away.isZero() ? away : away.div(0);
}

function outlier(value: Decimal, earlier: Decimal[], rule: { z: string; least: number }): Text | undefined {
  if (earlier.length < rule.least) return undefined;
  const z = robustZ(value, earlier);
  if (z.abs().lte(rule.z)) return undefined;
  const [n, middle] = [earlier.length, shown(median(earlier))];
  if (!z.isFinite())
    return {
      zh: `前 ${n} 期均为 ${middle}，本期为 ${shown(value)}`,
      en: `${shown(value)}, while ${n} earlier values all are ${middle}`,
    };
  return {
    zh: `数值 ${shown(value)} 偏离前 ${n} 期中位数 ${middle}，稳健 z 值 ${shown(z)}（界限 ${rule.z}）`,
    en: `${shown(value)} is far from the median ${middle} of ${n} earlier values: robust z-score ${shown(z)} (limit ${rule.z})`,
  };
}

function jump(value: Decimal, before: Decimal | undefined, percent: string): Text | undefined {
  if (!before || value.eq(before)) return undefined;
  if (before.isZero())
    return { zh: `由上期 0 变为 ${shown(value)}`, en: `from 0 in the period before to ${shown(value)}` };
  const change = value.minus(before).div(before.abs()).times(100);
  if (change.abs().lte(percent)) return undefined;
  return {
    zh: `较上期 ${shown(before)} 变动 ${shown(change)}%（界限 ${percent}%）`,
    en: `changed by ${shown(change)} % against ${shown(before)} in the period before (limit ${percent} %)`,
  };
}

function impossible(value: Decimal, { min, max }: FlagFacts): Text | undefined {
  const below = min !== null && min !== undefined && value.lt(min);
  const above = max !== null && max !== undefined && value.gt(max);
  if (!below && !above) return undefined;
  const range = `${min ?? '−∞'} … ${max ?? '∞'}`;
  return {
    zh: `数值 ${value.toFixed()} 超出指标定义的范围（${range}）`,
    en: `${value.toFixed()} is outside the range that the definition allows (${range})`,
  };
}

function copied(value: Decimal, rule: Extract<FlagRule, { kind: 'copied' }>, facts: FlagFacts): Text | undefined {
  if (value.precision() < (rule.digits ?? 2)) return undefined;
  const times = rule.times ?? 1;
  if (rule.from === 'period') {
    const earlier = facts.earlier ?? [];
    const differs = earlier.findLastIndex((each) => each === null || !value.eq(each));
    const run = earlier.length - 1 - differs;
    if (run < times) return undefined;
    return {
      zh: `与前 ${run} 期数值完全相同：${value.toFixed()}`,
      en: `exactly the value of the ${run} period(s) before: ${value.toFixed()}`,
    };
  }
  const same = (facts.others ?? []).filter((other) => other.value !== null && value.eq(other.value));
  if (same.length < times) return undefined;
  const names = same.slice(0, 5).map(({ name }) => name);
  return {
    zh: `与${names.join('、')}${same.length > 5 ? ` 等 ${same.length} 个单位` : ''}本期数值完全相同：${value.toFixed()}`,
    en: `exactly the value of ${same.length} other unit(s) in this period (${names.join(', ')}): ${value.toFixed()}`,
  };
}

function gap(percent: string, { direction, reported, verified, target, min, max }: FlagFacts): Text | undefined {
  if (reported === null || reported === undefined || verified === null || verified === undefined) return undefined;
  const [said, found] = [new Exact(reported), new Exact(verified)];
  // In a band no direction is the flattering one.
  const flattering =
    direction === 'band' ? said.minus(found).abs() : said.minus(found).times(direction === 'up' ? 1 : -1);
  if (flattering.lte(0)) return undefined;
  const range =
    min !== null && min !== undefined && max !== null && max !== undefined ? new Exact(max).minus(min) : found;
  const base = (
    target === null || target === undefined || new Exact(target).isZero() ? range : new Exact(target)
  ).abs();
  const share = base.isZero() ? undefined : flattering.div(base).times(100);
  if (share?.lte(percent)) return undefined;
  return {
    zh: `自报 ${said.toFixed()}，核实 ${found.toFixed()}${share ? `，相差 ${shown(share)}%（界限 ${percent}%）` : ''}`,
    en: `reported ${said.toFixed()}, verified ${found.toFixed()}${share ? `: ${shown(share)} % apart (limit ${percent} %)` : ''}`,
  };
}

function idle(rule: { achieved: string; idle: string }, { achieved, idle: found }: FlagFacts): Text | undefined {
  if (achieved === null || achieved === undefined || found === null || found === undefined) return undefined;
  const [said, money] = [new Exact(achieved), new Exact(found)];
  if (said.lt(rule.achieved) || money.lt(rule.idle)) return undefined;
  return {
    zh: `自报完成 ${shown(said)}%，审计却发现 ${shown(money)}% 的资金闲置（界限 ${rule.idle}%）`,
    en: `reported ${shown(said)} % fulfilled, while the audit found ${shown(money)} % of the money idle (limit ${rule.idle} %)`,
  };
}
