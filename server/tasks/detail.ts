import { Prisma } from '../../prisma/client/client.ts';
import { standInsFor, type Work } from '../../workflows/approval/delegation.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { editedNames, formFields, hiddenNames, shownNames } from '../../workflows/template/access.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import type { Field } from '../../workflows/template/field.ts';
import { shownValue } from '../../workflows/template/shown.ts';
import type { Definitions } from '../cases/definitions.ts';
import { nameOf, RUNG_NAMES } from '../cases/names.ts';
import { hiddenOf } from '../cases/visibility.ts';
import { openDelegations } from '../delegations/open.ts';
import type { CaseState } from '../engine/index.ts';
import { listEvidence } from '../evidence/read.ts';
import { givenRows } from '../forms/given.ts';
import { givenTexts } from '../forms/texts.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { readActions } from './actions.ts';
import { type FoundTask, findTask } from './find.ts';
import type { TaskReader } from './list.ts';
import { presentTasks } from './rows.ts';
import type { Ref, TaskDetail } from './schema.ts';

/** A task as its page shows it: the form, what it may look at, and what may be done. */
export const readTask = async (call: TaskReader, id: string, definitions: Definitions): Promise<TaskDetail> => {
  const { db, deps, me, now } = call;
  const row = await findTask(db, id, me);
  const [task] = await presentTasks([row], { definitions, calendar: deps.calendar(), now });
  const state = await deps.engine.read(row.case_id);
  const { context, definition, revision } = state;
  const { template } = definition;
  const block = blockByKey(template, row.block);
  if (!task || (block?.type !== 'task' && block?.type !== 'approval')) throw problem('task.unknown');
  const hidden = new Set([...hiddenOf(state, row.case_phase, me), ...hiddenNames(block)]);
  const fields = formFields(template, block);
  const returned = row.state === 'open' ? await returnReason(db, row.case_id, block, context) : undefined;
  const actions = await readActions(db, row, state, block, me);
  return {
    ...task,
    revision,
    ...(block.help && { help: block.help }),
    fields,
    values: pick(context, fields),
    ...(row.mine && row.draft && { draft: row.draft }),
    ...(row.mine && row.state === 'open' && (await readGiven(call, state, block))),
    edits: editedNames(block),
    shows: shownNames(block).map((name) => shownValue(template, name, context)),
    rounds: context.rounds[row.block] ?? row.round,
    ...(returned && { returnReason: returned }),
    ...(await seatPeople(call, row, { template: template.key, block: row.block })),
    can: actions.map(({ action }) => action),
    actions,
    ladder: row.state === 'open' ? await ladder(db, row.case_id, row.seat, `${row.block}#${row.round}`) : [],
    evidence: (await listEvidence(db, row.case_id, me)).filter(
      ({ field, uploadedBy }) => !hidden.has(field) || uploadedBy.id === me.id,
    ),
    case: { id: row.case_id, title: row.title, status: row.case_status },
  };
};

/** What the form begins with. */
const readGiven = async (
  { db, deps, me, now }: TaskReader,
  state: CaseState,
  block: HumanBlock,
): Promise<Pick<TaskDetail, 'given'>> => {
  const today = deps.calendar().dayOf(now.toISOString());
  const given = {
    ...(await givenRows(db, state, block)),
    ...(await givenTexts({ db, pool: deps.pool, now, today }, state, block, me.language)),
  };
  return Object.keys(given).length > 0 ? { given } : {};
};

const pick = (context: CaseContext, fields: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.flatMap(({ key }) => (key in context.data ? [[key, context.data[key]]] : [])));

/** Why the work came back to this block: what was decided last before it opened sent it back. */
const returnReason = async (
  db: Database,
  caseId: string,
  block: HumanBlock,
  { live, done }: CaseContext,
): Promise<TaskDetail['returnReason']> => {
  const from = live[block.key]?.prev;
  const decided = from === undefined ? undefined : done[from];
  if (from === undefined || !decided || decided.outcome === 'done') return undefined;
  const rows = await db.$queryRaw<{ at: Date; reason: string | null; id: string; name: string }[]>(Prisma.sql`
    SELECT e.at, e.body->'events'->0->>'reason' AS reason, p.id, p.name
    FROM case_events e JOIN tasks t ON t.case_id = e.case_id AND t.seat = (e.body->'events'->0->>'seat')::int
      JOIN people p ON p.id = e.actor
    WHERE e.case_id = ${caseId}::uuid AND e.type = 'act' AND t.block = ${from} AND t.round = ${decided.round}
    ORDER BY e.seq DESC LIMIT 1`);
  const last = rows[0];
  return last && { reason: last.reason ?? '', by: { id: last.id, name: last.name }, at: last.at.toISOString() };
};

/** Whose task it is, and who may act for them now. */
const seatPeople = async (
  { db, deps, now }: TaskReader,
  { case_id: caseId, seat }: Pick<FoundTask, 'case_id' | 'seat'>,
  work: Work,
): Promise<Pick<TaskDetail, 'candidates' | 'standIns'>> => {
  const candidates = await db.$queryRaw<Ref[]>(Prisma.sql`
    SELECT p.id, p.name FROM task_candidates m JOIN people p ON p.id = m.person_id
    WHERE m.case_id = ${caseId}::uuid AND m.seat = ${seat} ORDER BY p.username`);
  const { people } = deps.directory.data();
  const open = await openDelegations(deps.pool, now);
  const standIns = candidates.flatMap((onBehalfOf) =>
    standInsFor(open, onBehalfOf.id, work, now).flatMap((id) => {
      const name = people.get(id)?.name;
      return name === undefined ? [] : [{ person: { id, name }, onBehalfOf }];
    }),
  );
  return { candidates, standIns };
};

/** What the clock will still do; approvers in sequence have a clock each. */
const ladder = async (db: Database, caseId: string, seat: number, scope: string): Promise<TaskDetail['ladder']> => {
  const rows = await db.timer.findMany({
    where: { caseId, scope: { in: [scope, `${scope}.${seat}`] } },
    orderBy: [{ dueAt: 'asc' }, { rung: 'asc' }],
  });
  return rows.map(({ dueAt, event, provisional }) => {
    const act = String((event as { do?: string }).do ?? '');
    return { at: dueAt.toISOString(), do: act, name: nameOf(RUNG_NAMES, act), provisional };
  });
};
