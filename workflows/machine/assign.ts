import { decide } from '../approval/decide.ts';
import { reassign } from '../approval/hand.ts';
import { seatsFor } from '../approval/seats.ts';
import { settle } from '../approval/settle.ts';
import type { Json, JsonObject } from '../json.ts';
import { evaluateRule } from '../scoring/evaluate.ts';
import { ownData } from '../scoring/ownData.ts';
import type { Action } from '../template/action.ts';
import type { Block, ComputeBlock, GateBlock, HumanBlock, RepeatBlock } from '../template/block.ts';
import { evaluateFeel, holds } from '../template/feel.ts';
import type { CaseContext, CaseEvent, Item, LiveBlock, Outcome, Seat } from './context.ts';
import { itemsOf } from './items.ts';

/** What a block's state needs to know of where it stands: the innermost `oneByOne` repeat around it, if any. */
export interface Place {
  loop?: string | undefined;
}

/** The item of the repeat that a block is in now. */
export function currentItem(context: CaseContext, place: Place): Item | undefined {
  const loop = place.loop === undefined ? undefined : context.loops[place.loop];
  return loop?.items[loop.index] ?? context.facts.item;
}

/** A block becomes live, under a new round. */
export function enter(context: CaseContext, block: Block | { type: 'await'; key: string }, place: Place): CaseContext {
  const round = (context.rounds[block.key] ?? 0) + 1;
  const live: LiveBlock = { round };
  const item = currentItem(context, place);
  if (item) live.item = item;
  if (context.lastBlock !== null) live.prev = context.lastBlock;
  if (block.type === 'task' || block.type === 'approval') live.seats = null;
  if (block.type === 'repeat') {
    live.left = itemsOf(block, context).length;
    if (live.left === 0) live.outcome = 'done';
  }
  return {
    ...context,
    back: context.back?.to === block.key ? null : context.back,
    rounds: { ...context.rounds, [block.key]: round },
    live: { ...context.live, [block.key]: live },
  };
}

/** A block stops being live. What it was decided to stays known; a block left without an outcome leaves no trace here. */
export function leave(context: CaseContext, key: string, keepActed = false): CaseContext {
  const { [key]: left, ...live } = context.live;
  if (!left) return context;
  if (left.outcome === undefined) return { ...context, live };
  const done: CaseContext['done'][string] = { round: left.round, outcome: left.outcome };
  if (keepActed) done.acted = actedIn(context.done[key]?.acted ?? [], left.seats ?? []);
  if (left.by) done.by = left.by;
  if (left.reason) done.reason = left.reason;
  return { ...context, live, done: { ...context.done, [key]: done } };
}

/** Everyone who had a hand in a block's decision, in any of its rounds: in their own name, for somebody, or through somebody. */
const actedIn = (before: readonly string[], seats: readonly Seat[]): string[] => [
  ...new Set([...before, ...seats.flatMap(({ by, for: whom }) => [by, whom].filter((one) => one !== undefined))]),
];

function patch(context: CaseContext, key: string, change: Partial<LiveBlock>): CaseContext {
  const live = context.live[key];
  if (!live) return context;
  return { ...context, live: { ...context.live, [key]: { ...live, ...change } } };
}

/** The directory's answer to who acts; those who need not act again have acted. */
export function seat(
  context: CaseContext,
  block: HumanBlock,
  event: Extract<CaseEvent, { type: 'people' }>,
): CaseContext {
  if (event.pass) return patch(context, block.key, { seats: [], outcome: 'done' });
  const approved = new Set(event.approved);
  const seats = seatsFor(block, event.people, context.nextSeat).map((one): Seat => {
    const person = one.people.find((held) => approved.has(held));
    return person === undefined ? one : { ...one, state: 'done', by: person, action: 'approve', auto: true };
  });
  const settled = approved.size > 0 ? settle(block, seats) : { seats };
  const next = { ...patch(context, block.key, settled), nextSeat: context.nextSeat + seats.length };
  return settled.outcome ? remember(next, block, settled.outcome, settled.seats) : next;
}

/** What later blocks ask about the decisions before them. */
function remember(context: CaseContext, block: HumanBlock, outcome: Outcome, seats: readonly Seat[]): CaseContext {
  const next: CaseContext = { ...context, lastBlock: block.key };
  const approval = block.type === 'approval' ? block : null;
  if (outcome !== 'done') {
    const to = context.live[block.key]?.to ?? approval?.returnTo;
    const back =
      outcome === 'returned' && approval?.afterReturn === 'back' && to !== undefined ? { at: to, to: block.key } : null;
    return { ...next, approvers: [], lastApprovers: [], back };
  }
  if (!approval) return { ...next, lastApprovers: [] };
  const signed = seats.flatMap((one) => (one.action === 'approve' && one.by !== undefined ? [one.by] : []));
  return { ...next, approvers: [...new Set([...context.approvers, ...signed])], lastApprovers: signed };
}

/** Whether a live block waits for somebody whom the directory did not find. */
export const isVacant = (live: LiveBlock | undefined): boolean =>
  live?.seats?.some((one) => one.state === 'open' && one.people.length === 0) ?? false;

/** The office gave a seat to somebody else. */
export function reassignSeat(context: CaseContext, event: Extract<CaseEvent, { type: 'reassign' }>): CaseContext {
  const decision = reassign(context.live[event.block]?.seats ?? [], event.seat, event);
  return 'refused' in decision ? context : patch(context, event.block, { seats: decision.seats });
}

/** A block that nobody was found for begins a new round, which asks the directory again. */
export function unseat(context: CaseContext, key: string): CaseContext {
  const round = (context.rounds[key] ?? 0) + 1;
  return { ...patch(context, key, { round, seats: null }), rounds: { ...context.rounds, [key]: round } };
}

/** Acts that decide, so that their values count and their actor is the last one; the others only rearrange the seats. */
export const DECIDES: ReadonlySet<Action> = new Set(['submit', 'approve', 'return', 'reject', 'abstain']);

/** Somebody acted: seats, values, and the block's outcome once it is settled. */
export function act(context: CaseContext, block: HumanBlock, event: Extract<CaseEvent, { type: 'act' }>): CaseContext {
  const live = context.live[block.key];
  if (!live) return context;
  // The guard has checked the target.
  const decision = decide(
    block,
    live,
    { ...event, next: context.nextSeat },
    event.block === undefined ? [] : [event.block],
  );
  if ('refused' in decision) return context;
  const decides = DECIDES.has(event.action);
  const last = Math.max(...decision.seats.map((one) => one.n));
  const change: Partial<LiveBlock> = { seats: decision.seats };
  if (decision.outcome) change.outcome = decision.outcome;
  if (event.action === 'return' && event.block !== undefined) change.to = event.block;
  const who = event.onBehalfOf ?? event.actor;
  if (decides) change.by = who;
  if (decides && event.reason) change.reason = event.reason;
  const next = { ...patch(context, block.key, change), nextSeat: Math.max(context.nextSeat, last + 1) };
  if (!decides) return next;
  return {
    ...(decision.outcome ? remember(next, block, decision.outcome, decision.seats) : next),
    data: event.values ? { ...next.data, ...event.values } : next.data,
    initiator: next.initiator ?? who,
    lastActor: who,
  };
}

/** Whether nobody has acted on what came of a block's decision, so that whoever decided it, or began the case with it, may take it back. */
export function mayTakeBack(
  context: CaseContext,
  key: string,
  event: Extract<CaseEvent, { type: 'retrieve' | 'withdraw' }>,
  after: ReadonlySet<string>,
): boolean {
  const done = context.done[key];
  const who = (event.type === 'retrieve' ? event.onBehalfOf : undefined) ?? event.actor;
  if (event.type === 'retrieve' ? event.block !== key : context.initiator !== event.actor) return false;
  if (done?.outcome !== 'done' || done.by !== who) return false;
  const opened = Object.entries(context.live).filter(([key]) => after.has(key));
  return (
    opened.length > 0 &&
    opened.every(
      ([, live]) => live.prev === key && live.left === undefined && !live.seats?.some((one) => one.state === 'done'),
    )
  );
}

/** A case that is put elsewhere walks forward from there step by step, and nobody is spared because of what was approved before. */
export const restart = (context: CaseContext): CaseContext => ({
  ...context,
  approvers: [],
  lastApprovers: [],
  back: null,
});

/** A rung of a block's ladder, or its `until`, came due. */
export function tick(context: CaseContext, key: string, event: Extract<CaseEvent, { type: 'timer' }>): CaseContext {
  switch (event.do) {
    case 'until':
    case 'pass':
    case 'opens':
      return patch(context, key, { outcome: 'done' });
    case 'return':
      return patch(context, key, { outcome: 'returned', reason: 'deadline' });
    case 'transfer': {
      const to = event.to ?? [];
      const seats = (context.live[key]?.seats ?? []).map((s) =>
        s.state === 'open' && to.length > 0 ? { ...s, people: to } : s,
      );
      return patch(context, key, { seats });
    }
    default:
      return context;
  }
}

/** Ends a wait, with what there is to know from now on. */
export function pass(
  context: CaseContext,
  key: string,
  { data, acted = {} }: Pick<Extract<CaseEvent, { type: 'passed' }>, 'data' | 'acted'>,
): CaseContext {
  const next = note(patch(context, key, { outcome: 'done' }), data);
  const done = Object.entries(acted).map(([block, people]) => [block, { round: 1, outcome: 'done', acted: people }]);
  return done.length > 0 ? { ...next, done: { ...next.done, ...Object.fromEntries(done) } } : next;
}

/** Learns values. */
export const note = (context: CaseContext, data?: JsonObject): CaseContext =>
  data ? { ...context, data: { ...context.data, ...data } } : context;

/** Another item's case has ended. */
export function countChild(
  context: CaseContext,
  block: RepeatBlock,
  event: Extract<CaseEvent, { type: 'child' }>,
): CaseContext {
  const live = context.live[block.key];
  const left = (live?.left ?? 0) - 1;
  const next = patch(context, block.key, { left, ...(left <= 0 && { outcome: 'done' as const }) });
  return block.collect ? gather(next, block.collect.into, { index: event.index, ...event.data }) : next;
}

/** Adds a collected row; rows stay in the order of their items, whichever ends first. */
function gather(context: CaseContext, into: string, row: JsonObject): CaseContext {
  const rows = (context.data[into] ?? []) as JsonObject[];
  const sorted = [...rows, row].sort((a, b) => Number(a.index) - Number(b.index));
  return { ...context, data: { ...context.data, [into]: sorted } };
}

/** A repeat starts over its items. */
export function loopStart(context: CaseContext, block: RepeatBlock): CaseContext {
  const loops = { ...context.loops, [block.key]: { index: 0, items: itemsOf(block, context) } };
  return { ...clearCollected(context, block), loops };
}

/** What an earlier round collected is not mixed with this one's. */
export function clearCollected(context: CaseContext, block: RepeatBlock): CaseContext {
  return block.collect ? { ...context, data: { ...context.data, [block.collect.into]: [] } } : context;
}

/** The loop's item is finished: collect, and go to the next. */
export function loopNext(context: CaseContext, block: RepeatBlock): CaseContext {
  const loop = context.loops[block.key];
  if (!loop) return context;
  const collected = block.collect
    ? gather(context, block.collect.into, {
        index: loop.index,
        item: loop.items[loop.index]?.key ?? '',
        ...Object.fromEntries(block.collect.fields.map((name) => [name, context.data[name] ?? null])),
      })
    : context;
  return { ...collected, loops: { ...context.loops, [block.key]: { ...loop, index: loop.index + 1 } } };
}

/** Runs a `feel` or `rule` rule. @throws when a value is missing or is not one */
export function compute(context: CaseContext, block: ComputeBlock, scope: JsonObject): CaseContext {
  const { rule } = block;
  if (rule.kind === 'rule') return note(context, { [block.into]: evaluateRule(rule.rule, ownData(context)).value });
  const value: Json = rule.kind === 'feel' ? evaluateFeel(rule.expression, scope) : null;
  if (value === null) throw new Error(`"${block.into}" came out empty`);
  return { ...context, data: { ...context.data, [block.into]: typeof value === 'number' ? String(value) : value } };
}

/** Which conditions of a gate do not hold. */
export function checkGate(context: CaseContext, block: GateBlock, scope: JsonObject): CaseContext {
  const failed = block.requires.flatMap((condition, i) => (holds(condition.if, scope) ? [] : [i]));
  return patch(context, block.key, failed.length > 0 ? { failed, outcome: 'rejected' } : { outcome: 'done' });
}
