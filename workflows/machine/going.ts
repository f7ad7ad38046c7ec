import type { Moment } from '../calendar/resolve.ts';
import type { Block, HumanBlock } from '../template/block.ts';
import { isHuman } from '../template/model.ts';
import { walkBlocks } from '../template/schema.ts';
import type { CaseContext } from './context.ts';

/** How far the forecast has come, and what is known by then. */
export interface Going extends Moment {
  earliest: boolean;
  context: CaseContext;
  /** Names that steps on the way may still give another value. */
  open: ReadonlySet<string>;
}

/** The names that may change, with some more. */
export const open = (going: Going, names: readonly string[]): ReadonlySet<string> => new Set([...going.open, ...names]);

/** Blocks on the way may give these names another value. */
export const learn = (going: Going, blocks: readonly Block[]): Going => ({
  ...going,
  open: open(
    going,
    [...walkBlocks(blocks)].flatMap((block): string[] => {
      if (isHuman(block)) {
        const changes = Object.entries(block.access ?? {}).filter(([, how]) => how === 'write' || how === 'required');
        return [...(block.fields ?? []).map(({ key }) => key), ...changes.map(([name]) => name)];
      }
      if (block.type === 'compute') return [block.into];
      return block.type === 'repeat' && block.collect ? [block.collect.into] : [];
    }),
  ),
});

/** Nobody knows yet whose turn it is then. */
export const unknownItem = (going: Going): Going => ({ ...going, open: open(going, ['item']) });

/** What later rules ask of a decision: known where only one person could make it. */
export function decided(going: Going, block: HumanBlock, people: readonly string[]): Going {
  const { lastActor: _, ...context } = going.context;
  const person = people.length === 1 ? people[0] : undefined;
  const signed = block.type === 'approval' && person !== undefined ? [person] : [];
  return {
    ...going,
    context: {
      ...context,
      ...(person !== undefined && {
        lastActor: person,
        initiator: context.initiator ?? person,
        done: { ...context.done, [block.key]: { round: 0, outcome: 'done' as const, by: person } },
      }),
      lastApprovers: signed,
      approvers: [...new Set([...context.approvers, ...signed])],
    },
  };
}

/** Several ways that are all gone to their end: the last one counts; what they disagree on is not known. */
export function together(start: Going, ends: readonly Going[]): Going {
  const last = ends.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1);
  if (!last) return start;
  const actors = new Set(ends.map(({ context }) => context.lastActor));
  const { lastActor, ...context } = last.context;
  return {
    at: last.at,
    provisional: last.provisional,
    earliest: ends.some(({ earliest }) => earliest),
    context: {
      ...context,
      ...(actors.size === 1 && lastActor !== undefined && { lastActor }),
      done: Object.assign({}, ...ends.map((end) => end.context.done)),
    },
    open: new Set(ends.flatMap((end) => [...end.open])),
  };
}
