import type { Aggregation, IndicatorDefinition } from './schema.ts';

type Measured = Pick<IndicatorDefinition, 'aggregation' | 'direction' | 'unit'>;

/** Shares, marks, ratios and ages: such a number says how things stand, it does not come together over the year. */
const LEVELS = /^(%|％|‰|分|名|级|倍|岁|percent|points?)$|\//i;

/**
 * How an indicator's values become the year's. Where the definition does not say: what is counted (件, 亿元) is reported as the total
 * up to then (`toDate`), a share or a mark (%, 分), or what is to be kept low or within a band, as it stands (`last`).
 */
export const aggregationOf = ({ aggregation, direction, unit }: Measured): Aggregation =>
  aggregation ?? (direction === 'up' && !LEVELS.test(unit) ? 'toDate' : 'last');

/** Whether the values come together over the year, so that by a day only its part of the target can be there. */
export const accumulates = (aggregation: Aggregation): boolean => aggregation === 'sum' || aggregation === 'toDate';

/**
 * Whether an indicator grows towards its target over the year, and can be compared with a schedule. All others are levels, which must
 * be met on any day: a satisfaction of 85 %, a limit, a band.
 */
export const grows = ({ aggregation, direction }: { aggregation: Aggregation; direction: string }): boolean =>
  direction === 'up' && (accumulates(aggregation) || aggregation === 'max');
