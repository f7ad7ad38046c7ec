import type { Text } from '../text.ts';
import { type LightFacts, type Measures, measuresOf } from './measure.ts';
import {
  COLOURS,
  type Colour,
  type Condition,
  type Consequence,
  type LightRule,
  type LightScheme,
  type Measure,
} from './schema.ts';
import { because, COLOUR_NAMES, join } from './words.ts';

/** An earlier light of the same indicator; null where none could be computed. */
export interface EarlierLight {
  period: string;
  colour: Colour | null;
}

export interface Light {
  /** Null: nothing that the rules look at is known. */
  colour: Colour | null;
  /** The rule that gave the colour. */
  rule: string | null;
  because: Text;
  /** What was known, decimals as text. */
  measures: Partial<Record<Measure, string>>;
  /** What follows, and from which rule of the scheme. */
  consequences: { rule: string; because: Text; consequence: Consequence }[];
}

/**
 * The light of one indicator of one unit for one period.
 * @param history its earlier lights of the cycle, oldest first, without this one
 */
export function light(scheme: LightScheme, facts: LightFacts, history: readonly EarlierLight[]): Light {
  const measures = measuresOf(scheme, facts);
  const known = Object.fromEntries(Object.entries(measures).map(([key, value]) => [key, value.toFixed()]));
  const rule = mostSevere(scheme.rules.filter(({ when }) => when.every((condition) => holds(condition, measures))));
  if (!rule) {
    const seen = isSeen(scheme, measures);
    const words = seen
      ? { zh: '按计划推进', en: 'on course' }
      : { zh: '没有可供判断的数据', en: 'nothing is known that the rules look at' };
    return { colour: seen ? 'green' : null, rule: null, because: words, measures: known, consequences: [] };
  }
  const reason = join(
    rule.when.flatMap((condition) => {
      const value = measures[condition.of];
      return value ? because(condition, value) : [];
    }),
  );
  const own = (rule.consequences ?? []).map((consequence) => ({ rule: rule.key, because: reason, consequence }));
  return {
    colour: rule.colour,
    rule: rule.key,
    because: reason,
    measures: known,
    consequences: [...own, ...again(scheme, rule.colour, history)],
  };
}

/** The more severe of two colours. */
export const severer = (a: Colour, b: Colour): Colour => (COLOURS.indexOf(a) <= COLOURS.indexOf(b) ? a : b);

/** What is known of these says that work goes on, not how far it is. */
const ALIVE: ReadonlySet<Measure> = new Set(['unstarted', 'unreported', 'evidenceMissing']);

/** Whether enough is known for green: something of how far it is, where the rules look at that at all. */
function isSeen(scheme: LightScheme, measures: Measures): boolean {
  const looked = scheme.rules.flatMap(({ when }) => when.map(({ of }) => of));
  const telling = looked.filter((of) => !ALIVE.has(of));
  return (telling.length > 0 ? telling : looked).some((of) => measures[of]);
}

const mostSevere = (rules: readonly LightRule[]): LightRule | undefined =>
  COLOURS.flatMap((colour) => rules.find((rule) => rule.colour === colour) ?? [])[0];

function holds({ of, above, atLeast, below, atMost }: Condition, measures: Measures): boolean {
  const value = measures[of];
  if (!value) return false;
  return (
    (above === undefined || value.gt(above)) &&
    (atLeast === undefined || value.gte(atLeast)) &&
    (below === undefined || value.lt(below)) &&
    (atMost === undefined || value.lte(atMost))
  );
}

/** What follows because the colour came again; this light is the last one counted. */
function again(scheme: LightScheme, colour: Colour, history: readonly EarlierLight[]): Light['consequences'] {
  const lit = history.flatMap((earlier) => earlier.colour ?? []);
  const total = lit.filter((each) => each === colour).length + 1;
  const run = lit.length - lit.findLastIndex((each) => each !== colour);
  return (scheme.repeated ?? []).flatMap((rule) => {
    if (rule.colour !== colour) return [];
    const n = rule.counted === 'total' ? total : run;
    if (n !== rule.times && !(rule.again && n > rule.times)) return [];
    const name = COLOUR_NAMES[colour];
    const why: Text =
      rule.counted === 'total'
        ? { zh: `第 ${n} 次亮${name.zh}灯`, en: `${name.en} for the ${n}. time` }
        : { zh: `连续 ${n} 次亮${name.zh}灯`, en: `${name.en} ${n} times in a row` };
    return rule.consequences.map((consequence) => ({ rule: rule.key, because: why, consequence }));
  });
}
