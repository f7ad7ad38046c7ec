import { covers } from '../../workflows/approval/delegation.ts';
import type { ActEvent } from '../../workflows/machine/context.ts';
import type { Me } from '../auth/me.ts';
import type { CaseState } from '../engine/index.ts';
import { problem } from '../http/problem.ts';
import type { Call } from '../http/route.ts';
import { engineKey } from '../tasks/act.ts';
import type { FoundTask } from '../tasks/find.ts';
import { principalOf } from '../tasks/rows.ts';

type Caller = Pick<Call<unknown, unknown, unknown>, 'db' | 'deps' | 'me' | 'key'>;

/**
 * For whom the caller acts: whom they name, else nobody if the task is their own, else the one they stand in for. Undefined: for
 * nobody. A repeat by its key is for whom it was the first time, whatever windows are open by now.
 * @throws `delegation.none` when they do not stand in for whom they name
 */
export const findPrincipal = async (
  { db, deps, me, key }: Caller,
  task: FoundTask,
  asked: { action: ActEvent['action']; onBehalfOf?: string | undefined },
): Promise<string | undefined> => {
  const first =
    key === undefined
      ? null
      : await db.caseEvent.findFirst({
          where: { caseId: task.case_id, key: engineKey(me.id, key) },
          select: { onBehalfOf: true },
        });
  if (first) return asked.onBehalfOf ?? first.onBehalfOf ?? undefined;
  if (asked.onBehalfOf === me.id) return undefined;
  if (asked.action === 'retrieve') return takesBackFor({ deps, me }, task);
  if (asked.onBehalfOf === undefined) return principalOf(task)?.id;
  if (task.principals?.some(({ id }) => id === asked.onBehalfOf)) return asked.onBehalfOf;
  throw problem('delegation.none');
};

/** A decision is taken back for whom it was made: its task is closed, so it is nobody's. */
const takesBackFor = async (
  { deps, me }: Pick<Caller, 'deps' | 'me'>,
  task: FoundTask,
): Promise<string | undefined> => {
  const person = decidedFor(task, await deps.engine.read(task.case_id), me);
  return person === null || person === me.id ? undefined : person;
};

/** For whom a task was decided, if the caller may take that back: for themselves, or for one for whom they stand in. */
export const decidedFor = (
  { block, seat }: Pick<FoundTask, 'block' | 'seat'>,
  { context, definition }: Pick<CaseState, 'context' | 'definition'>,
  me: Pick<Me, 'id' | 'standsIn'>,
): string | null => {
  const found = context.live[block]?.seats?.find(({ n }) => n === seat);
  const person = found ? (found.for ?? found.by) : context.done[block]?.by;
  const work = { template: definition.template.key, block };
  const may = person === me.id || me.standsIn.some((grant) => grant.person === person && covers(grant.scope, work));
  return person !== undefined && may ? person : null;
};
