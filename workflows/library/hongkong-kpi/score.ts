import { type Judged, rounded } from '../parts/judging.ts';

/** How many in a hundred of the bureau's indicators met their targets. */
export const judged: Judged = {
  rule: rounded({ kind: 'mean', of: { each: 'indicators', rule: { kind: 'met', full: '100' } } }),
};
