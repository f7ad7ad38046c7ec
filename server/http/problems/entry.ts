import type { Text } from '../../../workflows/text.ts';

/** A kind of refusal. `{name}` in `detail` and `hint` is filled from the problem's members. */
export interface ProblemEntry {
  status: number;
  title: Text;
  detail?: Text;
  hint?: Text;
}

/** Keeps the ids as literal types while every entry is checked. */
export const entries = <const Ids extends string>(list: Record<Ids, ProblemEntry>): Record<Ids, ProblemEntry> => list;
