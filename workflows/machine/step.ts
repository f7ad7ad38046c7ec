import { actionsOf, decide } from '../approval/decide.ts';
import type { HumanBlock } from '../template/block.ts';
import type { Who } from '../template/when.ts';
import type { CaseContext, CaseEvent, Item } from './context.ts';
import { type Definition, runnerOf } from './definition.ts';
import type { Effect, Snapshot } from './run.ts';
import { blockByKey } from './track.ts';

/** A question to the directory: who acts in this block? */
export interface WhoQuery {
  who: Who[];
  context: CaseContext;
  item: Item | undefined;
}

/** Answers with one list of accounts for each entry of `who`. */
export type Directory = (query: WhoQuery) => string[][];

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
  return seatPeople(definition, { events: [event], snapshot: next, effects }, directory);
}

function seatPeople(definition: Definition, step: CaseStep, directory: Directory): CaseStep {
  const { context, status } = step.snapshot;
  if (status !== 'active') return step;
  const unseated = Object.entries(context.live).find(([, live]) => live.seats === null);
  if (!unseated) return step;
  const [key, live] = unseated;
  const block = blockByKey(definition.template, key) as HumanBlock;
  const people = directory({ who: block.who, context, item: live.item });
  const event: CaseEvent = { type: 'people', block: key, round: live.round, people };
  const { snapshot, effects } = runnerOf(definition).step(step.snapshot, event);
  return seatPeople(
    definition,
    { events: [...step.events, event], snapshot, effects: [...step.effects, ...effects] },
    directory,
  );
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
    const decision = decide(block, entry[1], event);
    // A live block's state takes whatever its block accepts, so there is no need to ask the machine too.
    return 'refused' in decision ? { id: decision.refused, allowed: actionsOf(block) } : null;
  }
  if (runnerOf(definition).can(snapshot, event)) return null;
  return { id: 'event.refused', allowed: allowedEvents(definition, snapshot) };
}

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
