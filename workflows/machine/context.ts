import type { JsonObject } from '../json.ts';
import type { Action } from '../template/action.ts';

/** A unit as a case knows it: fixed when the case starts. */
export interface UnitFacts {
  id: string;
  name: string;
  category?: string;
  monitoringUnit?: { id: string; name: string };
  /** When its working day ends, `HH:MM` in the city's time, if not when the city's does. */
  dayEnd?: string;
}

/** An item of a repeat: a month or quarter (with `start` and `end` days), a section, or a row of a table. */
export type Item = JsonObject & { key: string; name: string };

/** What a case is about. Never changes after the start. */
export interface Facts {
  kind: 'participant' | 'cycle' | 'item' | 'plain';
  period: { year: number; start: string; end: string };
  participant?: UnitFacts;
  sections?: Item[];
  item?: Item;
  /** For an item's case: who waits for it, and as which item of which round. */
  parent?: { caseId: string; block: string; round: number; index: number };
}

/** One place at the table of a human block. Open seats are the tasks. */
export interface Seat {
  n: number;
  /** Accounts of whom any one may take the seat. */
  people: string[];
  state: 'waiting' | 'open' | 'done' | 'removed';
  /** Seats that must be done before this one opens. */
  needs?: number[];
  /** Votes: how much it counts (a decimal, 1 by default); whether its no decides. */
  weight?: string;
  veto?: boolean;
  /** It was open, and waits for somebody added before it. */
  held?: boolean;
  /** Decided by a rule of the template. */
  auto?: boolean;
  /** Who added it. */
  addedBy?: string;
  /** Delegated: to whom it comes back. */
  owner?: string;
  /** What those said to whom it was delegated. */
  advice?: { by: string; action: string; reason?: string }[];
  /** Claimed: all its candidates. */
  pool?: string[];
  by?: string;
  for?: string;
  action?: string;
  reason?: string;
}

export type Outcome = 'done' | 'returned' | 'rejected';

/** A block that is active now. `seats: null` asks the directory who acts. */
export interface LiveBlock {
  round: number;
  seats?: Seat[] | null;
  outcome?: Outcome;
  /** Where an approver sends it back to, if they chose. */
  to?: string;
  /** The human block that was decided last before this one opened. */
  prev?: string;
  /** Who decided last, and why, if they said. */
  by?: string;
  reason?: string;
  /** Items of a `together` repeat whose cases are still running. */
  left?: number;
  item?: Item;
  /** Reasons of an ex-ante gate that failed: indices into its conditions. */
  failed?: number[];
}

export interface DoneBlock {
  round: number;
  outcome: Outcome;
  /** Everyone who acted in it, where a later block has them recuse themselves. */
  acted?: string[];
  by?: string;
  reason?: string;
}

/**
 * The whole state of a case beside the position of its machine; pure JSON. A key is never removed: XState merges what an action
 * gives into what was there, and a record must replay to the same text.
 */
export interface CaseContext {
  facts: Facts;
  /** Values of fields and computed values, by name; the last write wins. */
  data: JsonObject;
  live: Record<string, LiveBlock>;
  done: Record<string, DoneBlock>;
  /** How often each block was entered. A round is never used twice, so it serves as the token of the block's timers. */
  rounds: Record<string, number>;
  loops: Record<string, { index: number; items: Item[] }>;
  nextSeat: number;
  initiator?: string;
  lastActor?: string;
  /** The human block that was decided last. */
  lastBlock: string | null;
  /** Who has approved since the case was last sent back; and who in the approval just before. */
  approvers: string[];
  lastApprovers: string[];
  /** A returned block goes straight back to whoever returned it. */
  back: { at: string; to: string } | null;
  outcome?: 'completed' | 'rejected' | 'cancelled';
}

/** The context of a case that has not begun. */
export const emptyContext = (facts: Facts, data: JsonObject = {}): CaseContext => ({
  facts,
  data,
  live: {},
  done: {},
  rounds: {},
  loops: {},
  nextSeat: 1,
  lastBlock: null,
  approvers: [],
  lastApprovers: [],
  back: null,
});

export interface ActEvent {
  type: 'act';
  seat: number;
  action: Action;
  actor: string;
  onBehalfOf?: string;
  values?: JsonObject;
  /** What the values that this changes were before; set when it is recorded. */
  before?: JsonObject;
  reason?: string;
  /** The account that takes over, prepares, or joins. */
  to?: string;
  /** For `return`: the block to return to, where the template lets choose. */
  block?: string;
  /** For `remove`: the seat that goes. */
  target?: number;
  /** To whom the actor sends the decision, to be read. */
  cc?: string[];
  /** The number that a new seat gets; set by the machine. */
  next?: number;
}

/** Everything that can happen to a case. The shell stamps `at` (UTC instant); the core reads no clock. */
export type CaseEvent =
  | ActEvent
  | { type: 'people'; block: string; round: number; people: string[][]; approved?: string[]; pass?: true }
  /** Asks again who acts in a block that nobody was found for. */
  | { type: 'reseat'; block: string; round: number }
  | { type: 'timer'; block: string; round: number; rung: number; do: TimerAct; to?: string[] }
  | { type: 'message'; message: string; data?: JsonObject; actor?: string }
  | { type: 'gathered'; block: string }
  /** The meeting is over. `acted`: who had a hand in its blocks, as far as they recuse themselves later. */
  | { type: 'passed'; block: string; data?: JsonObject; acted?: Record<string, string[]> }
  /** The server has carried a block out. */
  | { type: 'served'; block: string; round: number; data: JsonObject }
  /** Every expected ballot is in. */
  | { type: 'complete'; block: string; round: number }
  | { type: 'child'; block: string; round: number; index: number; data: JsonObject }
  /** Whoever decided a block takes it back before anybody acted on what came of it. */
  | { type: 'retrieve'; block: string; actor: string; onBehalfOf?: string; reason?: string }
  /** Whoever began the case takes back what they began it with, before anybody acted on it. */
  | { type: 'withdraw'; actor: string; reason?: string }
  /** The office gives a seat to somebody else: all of it, or only the place of one of its people. */
  | { type: 'reassign'; block: string; seat: number; from?: string; to: string; actor: string; reason: string }
  /** An administrator puts the case at another block. */
  | { type: 'jump'; block: string; actor: string; reason: string }
  | { type: 'cancel'; actor: string; reason: string };

/** What a timer of a block does when it fires. */
export type TimerAct =
  | 'until'
  | 'opens'
  | 'notice'
  | 'remind'
  | 'head'
  | 'superior'
  | 'office'
  | 'supervise'
  | 'deduct'
  | 'transfer'
  | 'pass'
  | 'return';
