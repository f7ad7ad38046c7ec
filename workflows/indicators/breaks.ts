import { aggregationOf } from './course.ts';
import type { IndicatorDefinition } from './schema.ts';

type Defined = Pick<IndicatorDefinition, 'unit' | 'direction' | 'formula' | 'aggregation'>;

/** What makes numbers of two definitions no continuous series; `definition`: the library says so by itself. */
export const BREAKS = ['unit', 'direction', 'formula', 'aggregation', 'definition'] as const;
export type Break = (typeof BREAKS)[number];

/** In what two definitions differ so that the numbers of one do not continue those of the other. */
export function brokenBy(old: Defined, now: Defined): Break[] {
  // The last value is the year's either way.
  const yearly = (one: Defined) => (aggregationOf(one) === 'toDate' ? 'last' : aggregationOf(one));
  return [
    ...(old.unit !== now.unit ? (['unit'] as const) : []),
    ...(old.direction !== now.direction ? (['direction'] as const) : []),
    ...(old.formula !== now.formula ? (['formula'] as const) : []),
    ...(yearly(old) !== yearly(now) ? (['aggregation'] as const) : []),
  ];
}
