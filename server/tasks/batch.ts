import { refusalOf, stepCase } from '../../workflows/machine/step.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { Definitions } from '../cases/definitions.ts';
import { blockName } from '../cases/names.ts';
import { findPrincipal } from '../delegations/principal.ts';
import type { CaseState } from '../engine/index.ts';
import { toProblem } from '../http/errors.ts';
import { type ProblemError, type ProblemId, problem, problemBody } from '../http/problem.ts';
import type { Call } from '../http/route.ts';
import { applyAct, prepareAct } from './act.ts';
import { findTask } from './find.ts';
import { isBatch, presentTasks } from './rows.ts';
import type { Batch, BatchResult } from './schema.ts';

type BatchCall = Pick<
  Call<unknown, unknown, Batch>,
  'db' | 'deps' | 'me' | 'now' | 'body' | 'key' | 'language' | 'requestId'
>;
type Result = BatchResult['results'][number];

/** Approves each of several tasks as a step of its own, or says what that would do. One that cannot be does not hold up the others. */
export const approveAll = async (call: BatchCall, definitions: Definitions): Promise<BatchResult> => {
  const { dryRun = false, ids } = call.body;
  const results: Result[] = [];
  for (const id of ids) results.push(await approveOne(call, id, definitions, dryRun));
  const done = results.filter(({ ok }) => ok).length;
  return { dryRun, done, refused: results.length - done, results };
};

const approveOne = async (call: BatchCall, id: string, definitions: Definitions, dryRun: boolean): Promise<Result> => {
  const { db, deps, me, now, key, language, requestId } = call;
  const { reason } = call.body;
  let task: Result['task'];
  try {
    const row = await findTask(db, id, me);
    [task] = await presentTasks([row], { definitions, calendar: deps.calendar(), now });
    const { template } = (await definitions.read([row.definition]))(row.definition);
    if (!isBatch(blockByKey(template, row.block))) throw problem('batch.notAllowed');
    const act = { action: 'approve' as const, ...(reason !== undefined && { reason }) };
    // Each task's step has a key of its own, so a repeated request does what is left and repeats nothing.
    const own = key === undefined ? undefined : `${key}/${row.seat}`;
    const principal = await findPrincipal({ db, deps, me, key: own }, row, act);
    const preparing = { db, engine: deps.engine, definitions, calendar: deps.calendar(), now };
    const event = await prepareAct(preparing, row, act, { actor: me.id, principal });
    const state = await deps.engine.read(row.case_id);
    if (dryRun) return { id, ok: true, ...(task && { task }), leadsTo: preview(state, row.block, event, call) };
    const { revision } = await applyAct(deps, id, event, { key: own, revision: undefined });
    const [after] = await presentTasks([await findTask(db, id, me)], { definitions, calendar: deps.calendar(), now });
    const leadsTo = standing(state.context.live, await deps.engine.read(row.case_id), row.block);
    return { id, ok: true, ...(after && { task: after }), leadsTo, revision };
  } catch (error) {
    const refused = toProblem(error);
    // A fault of ours is not an answer about this task; what was done before it is done, and found by its key.
    if (refused.id === 'server.error' || refused.id === 'database.unavailable') throw error;
    return {
      id,
      ok: false,
      ...(task && { task }),
      problem: problemBody(refused, language, requestId) as Result['problem'],
    };
  }
};

type Prepared = Awaited<ReturnType<typeof prepareAct>>;

/** What approving would do now: the step is computed and thrown away. */
const preview = (state: CaseState, block: string, event: Prepared, { deps, now }: BatchCall): Result['leadsTo'] => {
  const { definition, snapshot, context, status } = state;
  if (status === 'suspended') throw problem('case.suspended', { caseId: state.id });
  if (status !== 'active') throw problem('case.finished', { caseId: state.id, state: status });
  const stamped = { ...event, at: now.toISOString() };
  const refusal = refusalOf(definition, snapshot, stamped);
  if (refusal) throw refusedBy(refusal);
  const step = stepCase(definition, snapshot, stamped, deps.directory.resolve);
  const ended = step.snapshot.status === 'active' ? 'active' : 'done';
  return standing(context.live, { ...state, context: step.snapshot.context, status: ended }, block);
};

const refusedBy = ({ id, allowed }: { id: string; allowed: string[] }): ProblemError =>
  id === 'action.notAllowed'
    ? problem('event.refused', { allowed })
    : problem(id as ProblemId, { allowed, ...(id === 'task.closed' && { outcome: '—' }) });

/** Where a case stands after a decision, compared with before. */
const standing = (
  before: CaseState['context']['live'],
  { context, definition, status }: Pick<CaseState, 'context' | 'definition' | 'status'>,
  block: string,
): NonNullable<Result['leadsTo']> => {
  if (status !== 'active') return { state: 'ended', blocks: [] };
  const round = before[block]?.round;
  if (round !== undefined && context.live[block]?.round === round) return { state: 'waiting', blocks: [] };
  const opened = Object.entries(context.live).filter(([key, live]) => before[key]?.round !== live.round);
  return {
    state: 'decided',
    blocks: opened.map(([key]) => ({ block: key, name: blockName(definition.template, key) })),
  };
};
