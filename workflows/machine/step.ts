import { actionsOf, refusalOfAct } from '../approval/decide.ts';
import { reassign } from '../approval/hand.ts';
import type { Json } from '../json.ts';
import type { HumanBlock } from '../template/block.ts';
import type { Who } from '../template/when.ts';
import { seat } from './assign.ts';
import type { ActEvent, CaseContext, CaseEvent, Item } from './context.ts';
import { type Definition, runnerOf } from './definition.ts';
import { barredFrom } from './recuse.ts';
import type { Effect, Snapshot } from './run.ts';
import { jumpTargets, returnTargets } from './targets.ts';
import { blockByKey } from './track.ts';

/** A question to the directory: who acts in this block? */
export interface WhoQuery {
  who: Who[];
  context: CaseContext;
  item: Item | undefined;
}

/** Answers with one list of accounts for each entry of `who`. */
export type Directory = (query: WhoQuery) => string[][];

type Answer = Pick<Extract<CaseEvent, { type: 'people' }>, 'people' | 'approved' | 'pass'>;

/** A step of a case: what happened (with the directory's answers), where it stands now, and what the shell must do. */
export interface CaseStep {
  events: CaseEvent[];
  snapshot: Snapshot<CaseContext>;
  effects: Effect[];
}

/** Starts a case: enters its first blocks and seats people. */
export function startCase(
  definition: Definition,
  input: Pick<CaseContext, 'facts' | 'data'>,
  directory: Directory,
): CaseStep {
  const { snapshot, effects } = runnerOf(definition).start(input);
  return seatPeople(definition, { events: [], snapshot, effects }, directory);
}

/** One event through the machine, then the directory's answers until every live human block has its seats. */
export function stepCase(
  definition: Definition,
  snapshot: Snapshot<CaseContext>,
  event: CaseEvent,
  directory: Directory,
): CaseStep {
  const { snapshot: next, effects } = runnerOf(definition).step(snapshot, event);
  return seatPeople(definition, { events: [withBefore(event, snapshot.context)], snapshot: next, effects }, directory);
}

/** Puts on record what somebody changes: each changed value as it was. */
function withBefore(event: CaseEvent, { data }: CaseContext): CaseEvent {
  if (event.type !== 'act' || !event.values) return event;
  const changed = Object.entries(event.values).flatMap(([name, value]): [string, Json][] => {
    const was = Object.hasOwn(data, name) ? data[name] : undefined;
    return was === undefined || JSON.stringify(was) === JSON.stringify(value) ? [] : [[name, was]];
  });
  return changed.length > 0 ? { ...event, before: Object.fromEntries(changed) } : event;
}

function seatPeople(definition: Definition, step: CaseStep, directory: Directory): CaseStep {
  const { context, status } = step.snapshot;
  if (status !== 'active') return step;
  const unseated = Object.entries(context.live).find(([, live]) => live.seats === null);
  if (!unseated) return step;
  const [key, live] = unseated;
  const block = blockByKey(definition.template, key) as HumanBlock;
  const event: CaseEvent = {
    type: 'people',
    block: key,
    round: live.round,
    ...findPeople(block, context, live.item, directory),
  };
  const events = [...step.events, event];
  const seated = seat(context, block, event);
  // Only an outcome can move the machine. Seats alone need not be put through it; a replay, which does so, comes to the same.
  if (seated.live[key]?.outcome === undefined)
    return seatPeople(definition, { ...step, events, snapshot: { ...step.snapshot, context: seated } }, directory);
  const { snapshot, effects } = runnerOf(definition).step(step.snapshot, event);
  return seatPeople(definition, { events, snapshot, effects: [...step.effects, ...effects] }, directory);
}

/** Asks the directory who acts, and applies the block's rules to the answer. The result is recorded, so a replay asks nobody. */
export function findPeople(
  block: HumanBlock,
  context: CaseContext,
  item: Item | undefined,
  directory: Directory,
): Answer {
  const { sameApprover = 'never', initiator: rule = 'self', empty = 'hold' } = block.auto ?? {};
  const barred = barredFrom(block, context);
  const ask = (who: Who[], as: CaseContext = context) =>
    directory({ who, context: as, item }).map((list) => list.filter((person) => !barred.has(person)));
  let people = ask(block.who);
  const { initiator } = context;
  if (initiator !== undefined && rule !== 'self' && people.flat().includes(initiator)) {
    const instead = rule === 'superior' ? ask([{ kind: 'superior' }], { ...context, lastActor: initiator }).flat() : [];
    people = people.map((list) => list.flatMap((person) => (person === initiator ? instead : [person])));
    if (rule === 'skip' && people.flat().length === 0) return { people, pass: true };
  }
  if (people.flat().length === 0) {
    if (empty === 'pass') return { people, pass: true };
    return { people: empty === 'hold' ? people : ask([empty.who]) };
  }
  const before =
    sameApprover === 'all' ? context.approvers : sameApprover === 'consecutive' ? context.lastApprovers : [];
  const approved =
    block.type === 'approval' ? [...new Set(people.flat())].filter((person) => before.includes(person)) : [];
  return approved.length > 0 ? { people, approved } : { people };
}

/** Why an event would be refused here, with what is allowed instead; null when the machine takes it. */
export function refusalOf(
  definition: Definition,
  snapshot: Snapshot<CaseContext>,
  event: CaseEvent,
): { id: string; allowed: string[] } | null {
  if (event.type === 'act') {
    const entry = Object.entries(snapshot.context.live).find(([, live]) =>
      live.seats?.some((seat) => seat.n === event.seat),
    );
    if (!entry) return { id: 'task.closed', allowed: [] };
    const block = blockByKey(definition.template, entry[0]) as HumanBlock;
    const targets = block.type === 'approval' ? returnTargets(definition.template, block) : [];
    const refused =
      refusalOfAct(block, entry[1], event, targets) ??
      refusalOfStandIn(block, snapshot.context, event) ??
      refusalOfBarred(block, snapshot.context, [event.actor, event.to]);
    // A live block's state takes whatever its block accepts, so there is no need to ask the machine too.
    return refused ? { id: refused, allowed: actionsOf(block) } : null;
  }
  if (event.type === 'reassign') {
    const decision = reassign(snapshot.context.live[event.block]?.seats ?? [], event.seat, event);
    if ('refused' in decision) return { id: decision.refused, allowed: [] };
    const block = blockByKey(definition.template, event.block) as HumanBlock;
    const barred = refusalOfBarred(block, snapshot.context, [event.to]);
    return barred && { id: barred, allowed: [] };
  }
  if (runnerOf(definition).can(snapshot, event)) return null;
  if (event.type === 'retrieve' || event.type === 'withdraw') return { id: `${event.type}.late`, allowed: [] };
  if (event.type === 'jump') return { id: 'jump.target', allowed: jumpTargets(definition.template, definition.track) };
  return { id: 'event.refused', allowed: allowedEvents(definition, snapshot) };
}

/** Where the template does not let people approve what they began, they do not do so for somebody else either. */
const refusalOfStandIn = (block: HumanBlock, { initiator }: CaseContext, event: ActEvent): 'delegation.own' | null =>
  event.onBehalfOf !== undefined && event.actor === initiator && (block.auto?.initiator ?? 'self') !== 'self'
    ? 'delegation.own'
    : null;

/** Nobody comes to judge their own work by a transfer, a delegation, or standing in. */
const refusalOfBarred = (
  block: HumanBlock,
  context: CaseContext,
  people: readonly (string | undefined)[],
): 'task.recused' | null => {
  const barred = barredFrom(block, context);
  return people.some((person) => person !== undefined && barred.has(person)) ? 'task.recused' : null;
};

/** The kinds of events that the live blocks wait for. */
function allowedEvents(definition: Definition, snapshot: Snapshot<CaseContext>): string[] {
  const kinds = Object.keys(snapshot.context.live).map((key) => {
    const block = blockByKey(definition.template, key);
    if (block?.type === 'task' || block?.type === 'approval') return `act:${key}`;
    if (block?.type === 'wait' && block.message !== undefined) return `message:${block.message}`;
    return `wait:${key}`;
  });
  return [...kinds, 'cancel'];
}

/** The blocks whose decision a person may take back now. */
export const retrievable = (definition: Definition, snapshot: Snapshot<CaseContext>, actor: string): string[] =>
  Object.keys(snapshot.context.done).filter(
    (block) =>
      snapshot.context.done[block]?.by === actor &&
      refusalOf(definition, snapshot, { type: 'retrieve', block, actor }) === null,
  );
