import type { Json } from '../json.ts';
import type { Text } from '../text.ts';

/** A figure that a line of an explanation used: from the data (`source` says where it stands) or from the rule. */
export interface Input {
  name: string;
  value: Json;
  /** A path into the data, such as `values.results`, or what the data itself names as its source. */
  source?: Json;
}

/** 一票否决: what was found, and what it does besides the score. */
export interface Veto {
  reason: Text;
  /** `lowest`: straight to the lowest grade. */
  grade?: 'lowest';
}

/**
 * How a value came about: one line for each part of the rule. A line re-evaluates from its inputs and its children, see
 * `checkExplanation`; the intermediate values are the values of the children. null: not applicable, never 0.
 */
export interface Explanation {
  kind: string;
  /** The operand of the line above that this is. */
  as?: string;
  key?: string;
  name?: Text;
  value: string | null;
  veto?: Veto;
  inputs: Input[];
  children: Explanation[];
}
