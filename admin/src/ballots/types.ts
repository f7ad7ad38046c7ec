import type { AssessorGroup, BallotRule, Scale } from '../../../workflows/ballots/schema.ts';
import type { Cast } from '../../../workflows/ballots/sheet.ts';
import type { Ref, Text } from '../api/types.ts';

/** What somebody has to score in one round, as one of a group. */
export interface BallotSheetRow {
  id: string;
  cycle: Ref;
  block: { key: string; name: Text };
  group: { key: string; name: Text; kind: AssessorGroup['kind'] };
  layer: string | null;
  state: 'open' | 'submitted' | 'recused' | 'excluded';
  expected: number;
  filled: number;
  closesAt: string | null;
  open: boolean;
  can: string[];
}

export interface Unit {
  /** The unit's case. */
  id: string;
  name: string;
  category: string;
  state: 'due' | 'recused' | 'excluded';
  items: string[];
  /** What became of the raters' opinions, where that is what is scored. */
  goals: { title: string; what: string; answer: string | null }[];
}

export interface BallotSheet extends BallotSheetRow {
  scale: Scale;
  abstain: boolean;
  rules: BallotRule[];
  items: { key: string; name: Text }[];
  opinions: boolean;
  participants: Unit[];
  ballots: Cast[];
  spoilt: Text[];
}
