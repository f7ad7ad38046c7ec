import { Prisma } from '../../prisma/client/client.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { editedNames, hiddenNames, shownNames } from '../../workflows/template/access.ts';
import type { Block } from '../../workflows/template/block.ts';
import { isOverOwners } from '../../workflows/template/owners.ts';
import { blocksOf, walkBlocks } from '../../workflows/template/schema.ts';
import type { Who } from '../../workflows/template/when.ts';
import type { Me } from '../auth/me.ts';
import { seesAll } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import type { CaseState } from '../engine/index.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { windowsOf } from '../results/publicity.ts';

/** Refuses a case that the person may not see as if it were not there. */
export const checkCaseSeen = async (db: Database, caseId: string, me: Me): Promise<void> => {
  const rows = await db.$queryRaw<{ seen: boolean }[]>(
    Prisma.sql`SELECT ${allowed(me, 'read', 'Case')} AS seen FROM cases c WHERE c.id = ${caseId}::uuid`,
  );
  if (!rows[0]?.seen) throw problem('case.unknown');
};

/** Names of values of a case that this person must not see now. */
export const hiddenOf = (state: CaseState, phase: string | null, me: Me): ReadonlySet<string> =>
  new Set([...hiddenByTask(state, me), ...hiddenByEvaluation(state, phase, me), ...hiddenByUnit(state, me)]);

/** What the template hides from whoever acts in a block, as long as the block is open. It holds for the office, too. */
const hiddenByTask = ({ definition, context }: CaseState, me: Me): string[] => {
  // Who stands in for somebody is told no more than they are.
  const those = new Set([me.id, ...me.standsIn.map(({ person }) => person)]);
  return Object.entries(context.live).flatMap(([key, { seats }]) => {
    const block = blockByKey(definition.template, key);
    if (block?.type !== 'task' && block?.type !== 'approval') return [];
    const acts = seats?.some(
      (seat) =>
        seat.state !== 'removed' &&
        [...seat.people, seat.by, seat.for, seat.owner].some((person) => person !== undefined && those.has(person)),
    );
    return acts ? hiddenNames(block) : [];
  });
};

/**
 * What a unit does not get to see that owns indicators of another: all that the case of its report began with, but for what its own
 * blocks fill in or show.
 */
const hiddenByUnit = ({ kind, orgId, definition, context }: CaseState, me: Me): string[] => {
  if (kind !== 'item' || seesAll(me) || (orgId !== null && me.sees.includes(orgId))) return [];
  const { template } = definition;
  const repeat = context.facts.parent && blockByKey(template, context.facts.parent.block);
  if (repeat?.type !== 'repeat' || !isOverOwners(template, repeat)) return [];
  const own = new Set([...walkBlocks(repeat.blocks)].flatMap(namesOf));
  return Object.keys(context.data).filter((name) => !own.has(name));
};

const namesOf = (block: Block): string[] => {
  if (block.type === 'compute') return [block.into];
  if (block.type === 'repeat') return block.collect ? [block.collect.into] : [];
  if (block.type !== 'task' && block.type !== 'approval') return [];
  return [...(block.fields ?? []).map(({ key }) => key), ...shownNames(block), ...editedNames(block)];
};

/** While a unit is being evaluated, what others say of it. */
const hiddenByEvaluation = (state: CaseState, phase: string | null, me: Me): string[] => {
  const { context, orgId } = state;
  if (seesAll(me) || phase !== 'evaluate' || state.status === 'done' || state.status === 'cancelled') return [];
  // What was public is no secret any more, and a unit that appeals has to see it.
  const { meetings } = windowsOf(state.definition.template);
  if (meetings.some((key) => (context.rounds[key] ?? 0) > 0 && !context.live[key])) return [];
  const monitor = context.facts.participant?.monitoringUnit?.id;
  const inHouse = (id: string | null | undefined): boolean => typeof id === 'string' && me.house.includes(id);
  const isOurs = (who: Who): boolean => {
    if (who.kind === 'person') return who.person === me.id;
    if (who.kind !== 'role' && who.kind !== 'head') return false;
    if (who.of === 'monitoringUnit') return inHouse(monitor);
    return (who.kind === 'head' || who.of !== undefined) && inHouse(orgId);
  };
  return [...blocksOf(state.definition.template)].flatMap(({ phase: at, block }) => {
    if (at !== 'evaluate') return [];
    if (block.type === 'compute') return [block.into];
    if (block.type !== 'task' && block.type !== 'approval') return [];
    if (block.who.some(isOurs) || context.done[block.key]?.by === me.id) return [];
    return (block.fields ?? []).map(({ key }) => key);
  });
};
